import { Link } from "@tanstack/react-router";
import { ChevronDown } from "lucide-react";
import icon from "@/app/icon.svg";
import { Menu, MenuLink } from "@/components/ui/menu";
import { cn } from "@/lib/cn";
import { IN_HEADER, PLACES } from "./navigation";
import { ProfileMenu } from "./profile-menu";
import { ThemeMenu } from "./theme-menu";

export function Header() {
  return (
    <header className="sticky top-0 z-30 border-b border-line bg-bg/85 backdrop-blur-md">
      <div className="mx-auto flex h-14 max-w-[90rem] items-center gap-5 px-4 md:px-6">
        <Link to="/" className="flex items-center gap-2.5 rounded-md font-semibold tracking-tight">
          <img src={icon} alt="" className="size-7" />
          Edit Factory
        </Link>
        <nav aria-label="Main" className="hidden flex-1 md:block">
          <ul className="flex gap-0.5">
            {PLACES.map(({ to, label }, place) => (
              <li key={to} className={cn(place >= IN_HEADER && "hidden lg:block")}>
                <Link
                  to={to}
                  className="flex h-9 items-center rounded-md px-3 text-sm font-medium transition-colors hover:bg-sunken hover:text-ink"
                  activeProps={{ className: "bg-sunken text-ink" }}
                  inactiveProps={{ className: "text-ink-2" }}
                >
                  {label}
                </Link>
              </li>
            ))}
            <li className="lg:hidden">
              <Menu trigger={<button type="button" className="flex h-9 items-center gap-1 rounded-md px-3 text-sm font-medium text-ink-2 hover:bg-sunken hover:text-ink">More<ChevronDown aria-hidden className="size-4" /></button>}>
                {PLACES.slice(IN_HEADER).map(({ to, label, icon: Icon }) => (
                  <MenuLink key={to} render={<Link to={to} />}><Icon aria-hidden />{label}</MenuLink>
                ))}
              </Menu>
            </li>
          </ul>
        </nav>
        <div className="ml-auto flex items-center gap-1">
          <ThemeMenu />
          <ProfileMenu />
        </div>
      </div>
    </header>
  );
}
