import { Monitor, Moon, Sun } from "lucide-react";
import { Button } from "@/components/ui/button";
import { setTheme, useTheme, type Theme } from "@/lib/theme";

const LOOKS: readonly { readonly value: Theme; readonly label: string; readonly Mark: typeof Sun }[] = [
  { value: "system", label: "Like the system", Mark: Monitor },
  { value: "light", label: "Light", Mark: Sun },
  { value: "dark", label: "Dark", Mark: Moon },
];

export function Look() {
  const theme = useTheme();
  return (
    <div role="group" aria-label="Colours" className="flex flex-wrap gap-2">
      {LOOKS.map(({ value, label, Mark }) => (
        <Button key={value} look={value === theme ? "primary" : "plain"} aria-pressed={value === theme} onClick={() => { setTheme(value); }}>
          <Mark aria-hidden />{label}
        </Button>
      ))}
    </div>
  );
}
