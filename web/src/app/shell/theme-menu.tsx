import { Monitor, Moon, Sun } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Menu, MenuChoice } from "@/components/ui/menu";
import { setTheme, useTheme, type Theme } from "@/lib/theme";

const ICONS = { system: Monitor, light: Sun, dark: Moon } as const;
const LABELS: readonly [Theme, string][] = [["system", "Like the system"], ["light", "Light"], ["dark", "Dark"]];

export function ThemeMenu() {
  const theme = useTheme();
  const Now = ICONS[theme];
  const options = LABELS.map(([value, label]) => {
    const Icon = ICONS[value];
    return { value, label: <><Icon aria-hidden />{label}</> };
  });
  return (
    <Menu
      trigger={
        <Button look="quiet" size="icon" aria-label="Theme">
          <Now aria-hidden />
        </Button>
      }
    >
      <MenuChoice label="Theme" value={theme} onChange={setTheme} options={options} />
    </Menu>
  );
}
