import { useState } from "react";
import { FaultPanel } from "@/components/fault-panel";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { toast } from "@/components/ui/toast";
import type { Asset } from "@/lib/api/types";
import { useFetch } from "./api";

/** A file that lies on the internet. */
export function FromAddress({ kind }: { readonly kind: Asset["kind"] }) {
  const [url, setUrl] = useState("");
  const bring = useFetch();
  const send = () => {
    bring.mutate({ url: url.trim(), kind }, {
      onSuccess: (asset) => {
        setUrl("");
        toast(`${asset.name} is here`, { tone: "good" });
      },
    });
  };
  return (
    <details>
      <summary className="cursor-pointer text-sm font-medium text-accent-text">Add from an address</summary>
      <form className="mt-3 flex items-end gap-2" onSubmit={(event) => { event.preventDefault(); if (url.trim()) send(); }}>
        <Field label="Address of the file" className="flex-1">
          <Input type="url" inputMode="url" placeholder="https://" value={url} onChange={(event: { target: { value: string } }) => { setUrl(event.target.value); }} />
        </Field>
        <Button type="submit" busy={bring.isPending} disabled={!url.trim()}>Add</Button>
      </form>
      {bring.error && <FaultPanel error={bring.error} className="mt-3" />}
    </details>
  );
}
