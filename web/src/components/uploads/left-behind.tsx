import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { Button } from "@/components/ui/button";
import { api, data } from "@/lib/api/client";
import { keys } from "@/lib/api/keys";
import { ago, percent } from "@/lib/format";
import { uploads, type Kind } from "./store";

/** Uploads of an earlier visit that are not complete. The same file, chosen again, goes on where it was. */
export function LeftBehind({ kind }: { readonly kind: Kind }) {
  const cache = useQueryClient();
  const own = new Set(useSyncExternalStore(uploads.subscribe, uploads.list).map((item) => item.id));
  const list = useQuery({
    queryKey: keys.uploads,
    queryFn: ({ signal }) => data(api.GET("/v1/uploads", { signal })),
  });
  const drop = useMutation({
    mutationFn: (upload: string) => data(api.DELETE("/v1/uploads/{upload}", { params: { path: { upload } } })),
    onSettled: () => cache.invalidateQueries({ queryKey: keys.uploads }),
  });
  const left = (list.data?.items ?? []).filter((one) => one.kind === kind && one.state === "receiving" && !own.has(one.id));
  if (left.length === 0) return null;
  return (
    <section className="rounded-md border border-line bg-surface px-3 py-2">
      <h3 className="text-sm font-medium">Left from before</h3>
      <p className="text-xs text-ink-3">Choose the same file again in this browser, and it goes on where it was.</p>
      <ul aria-label="Unfinished uploads" className="mt-1">
        {left.map((one) => (
          <li key={one.id} className="flex items-center gap-2 text-sm">
            <span className="min-w-0 flex-1 truncate">{one.name}</span>
            <span className="figures text-xs text-ink-3">{percent(one.offset / one.length)} there, {ago(one.created_at)}</span>
            <Button look="quiet" size="sm" busy={drop.isPending && drop.variables === one.id} onClick={() => { drop.mutate(one.id); }}>Discard</Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
