import { Copy } from "lucide-react";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";

/** A secret that nobody will ever be able to show again. */
export function ShownOnce({ secret }: { readonly secret: string }) {
  const copy = () => {
    navigator.clipboard.writeText(secret).then(
      () => { toast("Copied", { tone: "good" }); },
      () => { toast("It could not be copied", { detail: "Mark it and copy it by hand.", tone: "bad" }); },
    );
  };
  return (
    <div role="status" className="rounded-lg border border-warn bg-warn-soft p-4">
      <p className="text-sm font-medium text-warn">Copy it now: it is shown this once.</p>
      <div className="mt-2 flex items-center gap-2">
        <code className="min-w-0 flex-1 rounded bg-surface px-2 py-1.5 text-sm break-all">{secret}</code>
        <Button size="icon" aria-label="Copy the key" onClick={copy}><Copy aria-hidden /></Button>
      </div>
    </div>
  );
}
