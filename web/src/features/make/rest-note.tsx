import { Button } from "@/components/ui/button";
import type { PartProps } from "./parts";

/** Says that there is more to this brief than the form shows. */
export function RestNote({ wish, set }: Pick<PartProps, "wish" | "set">) {
  if (!wish.rest) return null;
  return (
    <div className="flex flex-col items-start gap-2 rounded-md bg-sunken p-3">
      <p className="text-xs text-ink-2">Begun with an earlier job. What this form does not show, such as a logo, filters and transitions, stays as it was there.</p>
      <Button size="sm" onClick={() => { set({ rest: null }); }}>Leave it out</Button>
    </div>
  );
}
