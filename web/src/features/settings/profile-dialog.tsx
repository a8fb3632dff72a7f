import { zodResolver } from "@hookform/resolvers/zod";
import { useState } from "react";
import { Controller, useForm } from "react-hook-form";
import { FaultPanel } from "@/components/fault-panel";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input } from "@/components/ui/field";
import { Switch } from "@/components/ui/switch";
import { faultOf, type Fault } from "@/lib/faults";
import { tellFields } from "@/lib/forms";
import { z } from "@/lib/zod";
import { useChangeProfile, type Profile } from "./api";

const LIMITS = [
  ["reads", "Reading requests a minute"],
  ["writes", "Changing requests a minute"],
  ["uploads", "Uploads a minute"],
  ["streams", "Live lines at once"],
] as const;

const Limit = z.string().trim().regex(/^\d{0,6}$/, "A whole number, or nothing for the usual.");
const Shape = z.object({
  title: z.string().trim().max(200, "At most 200 characters."),
  limits: z.object({ reads: Limit, writes: Limit, uploads: Limit, streams: Limit }),
  disabled: z.boolean(),
});
type Values = z.infer<typeof Shape>;

const shown = (most: number | null): string => (most === null ? "" : String(most));

/** What an empty field means: the system's usual limit. */
const told = (text: string): number | null => (text === "" ? null : Number(text));

interface ProfileProps {
  readonly profile: Profile;
  readonly onClose: () => void;
}

/** Name, limits, and whether somebody may come in at all. */
export function ProfileDialog({ profile, onClose }: ProfileProps) {
  const [fault, setFault] = useState<Fault | null>(null);
  const change = useChangeProfile();
  const { limits } = profile;
  const form = useForm<Values>({
    resolver: zodResolver(Shape),
    defaultValues: {
      title: profile.title,
      limits: { reads: shown(limits.reads), writes: shown(limits.writes), uploads: shown(limits.uploads), streams: shown(limits.streams) },
      disabled: profile.disabled_at !== null,
    },
  });
  const { errors } = form.formState;
  const save = form.handleSubmit(({ title, disabled, limits: of }) => {
    setFault(null);
    const most = { ...limits, reads: told(of.reads), writes: told(of.writes), uploads: told(of.uploads), streams: told(of.streams) };
    change.mutate({ id: profile.id, title, disabled, limits: most }, {
      onSuccess: onClose,
      onError: (thrown) => {
        const refused = faultOf(thrown);
        const has = (name: string) => name === "title" || LIMITS.some(([limit]) => name === `limits.${limit}`);
        if (tellFields(refused, form.setError, has)) setFault(refused);
      },
    });
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => { if (!open) onClose(); }}
      title={profile.title || profile.id}
      footer={<Button look="primary" busy={change.isPending} onClick={() => void save()}>Save</Button>}
    >
      <form className="flex flex-col gap-4" noValidate onSubmit={(event) => void save(event)}>
        <Field label="Name" error={errors.title?.message}><Input {...form.register("title")} /></Field>
        <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
          {LIMITS.map(([name, label]) => (
            <Field key={name} label={label} error={errors.limits?.[name]?.message}>
              <Input inputMode="numeric" placeholder="as usual" {...form.register(`limits.${name}`)} />
            </Field>
          ))}
        </div>
        <Controller
          control={form.control}
          name="disabled"
          render={({ field }) => <Switch label="Locked out" hint="The keys of this profile do not work until this is off again." checked={field.value} onChange={field.onChange} />}
        />
        {fault && <FaultPanel error={fault} />}
      </form>
    </Dialog>
  );
}
