import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { FaultPanel } from "@/components/fault-panel";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { ListSkeleton } from "@/components/ui/skeleton";
import { day } from "@/lib/format";
import { profilesQuery, useNewKey, useNewProfile, type Profile } from "./api";
import { ProfileDialog } from "./profile-dialog";
import { ShownOnce } from "./shown-once";

/** Who may come in: each with videos, footage and keys of their own. For admins. */
export function Profiles() {
  const profiles = useQuery(profilesQuery);
  const [id, setId] = useState("");
  const [editing, edit] = useState<Profile | null>(null);
  const make = useNewProfile();
  const invite = useNewKey();
  if (profiles.isPending) return <ListSkeleton lines={2} />;
  if (!profiles.data) return <FaultPanel error={profiles.error} onRetry={() => void profiles.refetch()} />;
  const fits = /^[a-z0-9][a-z0-9-]{0,62}$/.test(id);
  const send = () => { make.mutate({ id, title: "" }, { onSuccess: () => { setId(""); } }); };
  return (
    <div className="flex max-w-2xl flex-col gap-5">
      <ul aria-label="Profiles" className="flex flex-col gap-2">
        {profiles.data.items.map((profile) => (
          <li key={profile.id} className="flex items-center gap-3 rounded-lg border border-line bg-surface p-3">
            <div className="min-w-0 flex-1">
              <p className="truncate font-medium">{profile.title || profile.id}</p>
              <p className="text-sm text-ink-3">{profile.id}, since {day(profile.created_at)}</p>
            </div>
            <Button size="sm" look="quiet" aria-label={`Change ${profile.title || profile.id}`} onClick={() => { edit(profile); }}>Change</Button>
            {profile.disabled_at ? <Badge tone="warn">off</Badge> : <Button size="sm" busy={invite.isPending && invite.variables.profile === profile.id} onClick={() => { invite.mutate({ profile: profile.id, title: "" }); }}>New key</Button>}
          </li>
        ))}
      </ul>
      {editing && <ProfileDialog key={editing.id} profile={editing} onClose={() => { edit(null); }} />}
      {invite.data && <ShownOnce key={invite.data.id} secret={invite.data.key} />}
      <form className="flex items-end gap-2" onSubmit={(event) => { event.preventDefault(); if (fits) send(); }}>
        <Field label="A new profile" className="flex-1" error={id && !fits ? "Small letters, digits and hyphens, at most 63." : undefined}>
          <Input value={id} placeholder="anna" onChange={(event: { target: { value: string } }) => { setId(event.target.value); }} />
        </Field>
        <Button type="submit" look="primary" busy={make.isPending} disabled={!fits}>Make it</Button>
      </form>
    </div>
  );
}
