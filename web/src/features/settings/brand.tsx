import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { FaultPanel } from "@/components/fault-panel";
import { LookEditor } from "@/components/making/look-editor";
import { LOOK } from "@/components/making/looks";
import type { Written } from "@/components/making/sketch";
import { Button } from "@/components/ui/button";
import { ListSkeleton } from "@/components/ui/skeleton";
import { Switch } from "@/components/ui/switch";
import { toast, toastFault } from "@/components/ui/toast";
import type { Options } from "@/lib/api/types";
import { optionsQuery } from "@/lib/options";
import { profileQuery } from "@/lib/profile";
import { useBrand, type Brand } from "./api";
import { LogoPart } from "./logo";

const SAMPLE: Written = { name: "Stoneware mug, hand glazed", brand: "Atelier Heron", price: "€19.90", old_price: "€24.90", badge: "−20 %", call: "Order now", picture: null };
const NONE: Brand = { look: null, logo: null };

/** How all videos look where a brief says nothing else. */
export function BrandPart() {
  const options = useQuery(optionsQuery);
  const profile = useQuery(profileQuery);
  const fault = options.error ?? profile.error;
  if (options.data && profile.data) return <Form key={JSON.stringify(profile.data.brand)} brand={profile.data.brand} options={options.data} />;
  if (fault) return <FaultPanel error={fault} onRetry={() => { void options.refetch(); void profile.refetch(); }} />;
  return <ListSkeleton lines={3} />;
}

function Form({ brand, options }: { readonly brand: Brand; readonly options: Options }) {
  const [look, setLook] = useState(brand.look);
  const [logo, setLogo] = useState(brand.logo);
  const save = useBrand();
  const changed = JSON.stringify({ look, logo }) !== JSON.stringify(brand);
  const keep = (next: Brand, words: string, undo?: Brand) => {
    save.mutate(next, { onSuccess: () => { toast(words, { tone: "good", ...(undo && { action: { label: "Undo", run: () => { save.mutate(undo, { onError: toastFault }); } } }) }); } });
  };
  return (
    <div className="flex max-w-3xl flex-col gap-6">
      <p className="text-sm text-ink-2">What a video says of itself counts more: the brand is for all that say nothing.</p>
      <section aria-label="Colours and letters" className="flex flex-col gap-4">
        <Switch label="Colours and letters of my own" hint="Of what is written about products, in all their videos." checked={look !== null} onChange={(on) => { setLook(on ? (brand.look ?? LOOK) : null); }} />
        {look && <LookEditor look={look} onChange={setLook} template="spotlight" written={SAMPLE} options={options} logo={logo} />}
      </section>
      <LogoPart value={logo} onChange={setLogo} />
      {save.error && <FaultPanel error={save.error} />}
      <div className="flex flex-wrap gap-2">
        <Button look="primary" busy={save.isPending} disabled={!changed} onClick={() => { keep({ look, logo }, "Your brand is saved"); }}>Save</Button>
        {(brand.look ?? brand.logo) && <Button onClick={() => { keep(NONE, "There is no brand any more", brand); }}>No brand</Button>}
      </div>
    </div>
  );
}
