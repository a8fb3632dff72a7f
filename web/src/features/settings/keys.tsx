import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { FaultPanel } from "@/components/fault-panel";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/dialog";
import { Field, Input } from "@/components/ui/field";
import { ListSkeleton } from "@/components/ui/skeleton";
import { day } from "@/lib/format";
import { useSession } from "@/lib/session";
import { keysQuery, useNewKey, useRevoke } from "./api";
import { ShownOnce } from "./shown-once";

/** The keys that programs and browsers come in with. */
export function Keys() {
  const { data: session } = useSession();
  const profile = session?.profile;
  const keys = useQuery(keysQuery);
  const [title, setTitle] = useState("");
  const [revoking, revoke] = useState<string | null>(null);
  const make = useNewKey();
  const remove = useRevoke();
  if (keys.isPending) return <ListSkeleton lines={2} />;
  if (!keys.data) return <FaultPanel error={keys.error} onRetry={() => void keys.refetch()} />;
  const good = keys.data.items.filter((key) => key.good);
  return (
    <div className="flex max-w-2xl flex-col gap-5">
      {session?.needs_key === false && <p className="text-sm text-ink-2">Nobody is asked for a key on this machine. Once it answers on a network, everybody is.</p>}
      {good.length === 0 && <p className="text-sm text-ink-2">There are no keys yet.</p>}
      <ul aria-label="Keys" className="flex flex-col gap-2">
        {good.map((key) => (
          <li key={key.id} className="flex items-center gap-3 rounded-lg border border-line bg-surface p-3">
            <div className="min-w-0 flex-1">
              <p className="truncate font-medium">{key.title || "Without a name"}</p>
              <p className="text-sm text-ink-3"><code>ef_{key.id}_…</code> since {day(key.created_at)}{key.expires_at ? `, until ${day(key.expires_at)}` : ""}</p>
            </div>
            {key.admin && <Badge tone="accent">admin</Badge>}
            {profile?.admin && <Button size="sm" onClick={() => { revoke(key.id); }}>Revoke</Button>}
          </li>
        ))}
      </ul>
      {profile?.admin ? (
        <form className="flex items-end gap-2" onSubmit={(event) => { event.preventDefault(); make.mutate({ profile: profile.id, title: title.trim() }, { onSuccess: () => { setTitle(""); } }); }}>
          <Field label="What the new key is for" className="flex-1"><Input value={title} placeholder="My laptop" maxLength={100} onChange={(event: { target: { value: string } }) => { setTitle(event.target.value); }} /></Field>
          <Button type="submit" look="primary" busy={make.isPending}>Make a key</Button>
        </form>
      ) : <p className="text-sm text-ink-2">New keys come from whoever runs this system.</p>}
      {make.data && <ShownOnce key={make.data.id} secret={make.data.key} />}
      <Confirm open={revoking !== null} onOpenChange={() => { revoke(null); }} title="Revoke this key?" action="Revoke" busy={remove.isPending} onConfirm={() => { if (profile && revoking) remove.mutate({ profile: profile.id, key: revoking }, { onSettled: () => { revoke(null); } }); }}>
        Whoever uses it is refused at once. This can't be undone.
      </Confirm>
    </div>
  );
}
