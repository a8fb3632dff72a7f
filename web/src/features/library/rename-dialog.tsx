import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input } from "@/components/ui/field";
import { useRename } from "./api";

interface RenameProps {
  readonly video: { readonly id: string; readonly name: string };
  readonly onClose: () => void;
}

export function RenameDialog({ video, onClose }: RenameProps) {
  const [name, setName] = useState(video.name);
  const rename = useRename();
  const fits = name.trim().length > 0 && name.trim().length <= 200;
  const save = () => { if (fits) rename.mutate({ id: video.id, name: name.trim() }, { onSuccess: onClose }); };
  return (
    <Dialog open onOpenChange={(open) => { if (!open) onClose(); }} title="Rename" footer={<Button look="primary" busy={rename.isPending} disabled={!fits} onClick={save}>Rename</Button>}>
      <form onSubmit={(event) => { event.preventDefault(); save(); }}>
        <Field label="Name" error={fits ? undefined : "1 to 200 characters"}>
          <Input value={name} onChange={(event: { target: { value: string } }) => { setName(event.target.value); }} />
        </Field>
      </form>
    </Dialog>
  );
}
