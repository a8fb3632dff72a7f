import { CircleUser, LogOut } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Menu, MenuItem, MenuLine } from "@/components/ui/menu";
import { useSession, useSignOut } from "@/lib/session";

/** Who is signed in. Nothing where the gateway asks nobody for a key. */
export function ProfileMenu() {
  const session = useSession();
  const signOut = useSignOut();
  if (!session.data?.needs_key || !session.data.profile) return null;
  return (
    <Menu
      trigger={
        <Button look="quiet" size="icon" aria-label="Account">
          <CircleUser aria-hidden />
        </Button>
      }
    >
      <p className="max-w-60 truncate px-2.5 py-1.5 text-sm font-medium">{session.data.profile.name}</p>
      <MenuLine />
      <MenuItem onClick={() => { signOut.mutate(); }}>
        <LogOut aria-hidden />
        Sign out
      </MenuItem>
    </Menu>
  );
}
