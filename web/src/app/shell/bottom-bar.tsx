import { Link } from "@tanstack/react-router";
import { Ellipsis } from "lucide-react";
import { Menu, MenuLink } from "@/components/ui/menu";
import { cn } from "@/lib/cn";
import { IN_BAR, PLACES } from "./navigation";

const SPOT =
  "flex min-h-14 w-full flex-col items-center justify-center gap-0.5 rounded-md text-xs font-medium -outline-offset-4 [&_svg]:size-5.5";

/** The navigation of a phone, where the thumb is. */
export function BottomBar() {
  return (
    <nav
      aria-label="Main"
      className="fixed inset-x-0 bottom-0 z-30 border-t border-line bg-bg/95 pb-[env(safe-area-inset-bottom)] backdrop-blur-md md:hidden"
    >
      <ul className="grid grid-cols-5 px-1">
        {PLACES.slice(0, IN_BAR).map(({ to, label, icon: Icon }) => (
          <li key={to}>
            <Link to={to} className={SPOT} activeProps={{ className: "text-accent-text" }} inactiveProps={{ className: "text-ink-2" }}>
              <Icon aria-hidden />
              {label}
            </Link>
          </li>
        ))}
        <li>
          <Menu
            side="top"
            trigger={
              <button type="button" className={cn(SPOT, "text-ink-2")}>
                <Ellipsis aria-hidden />
                More
              </button>
            }
          >
            {PLACES.slice(IN_BAR).map(({ to, label, icon: Icon }) => (
              <MenuLink key={to} render={<Link to={to} />}>
                <Icon aria-hidden />
                {label}
              </MenuLink>
            ))}
          </Menu>
        </li>
      </ul>
    </nav>
  );
}
