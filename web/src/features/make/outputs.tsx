import { Formats } from "@/components/making/formats";
import { Slider } from "@/components/ui/slider";
import { Switch } from "@/components/ui/switch";
import type { PartProps } from "./parts";

/** Where the video goes, how many, how good. */
export function Outputs({ wish, set, options }: PartProps) {
  return (
    <>
      <Formats wish={wish} set={set} options={options} />
      <Slider label="Variants" min={1} max={options.limits.variants} value={wish.variants} onChange={(variants) => { set({ variants }); }} format={(value) => (value === 1 ? "1 video" : `${String(value)} videos`)} />
      <Switch label="Draft" hint="Small and quick, to see whether it is right." checked={wish.draft} onChange={(draft) => { set({ draft }); }} />
      <fieldset>
        <legend className="mb-2 text-sm font-medium">Let me look before it goes on</legend>
        <div className="flex flex-col gap-3">
          {options.reviews.map((gate) => <Gate key={gate} gate={gate as GateName} wish={wish} set={set} />)}
        </div>
      </fieldset>
    </>
  );
}

type GateName = PartProps["wish"]["review"][number];

const GATES: Record<GateName, string> = { script: "when the script is written", voice: "when the voice has spoken", plan: "when the pictures are chosen" };

function Gate({ gate, wish, set }: Pick<PartProps, "wish" | "set"> & { readonly gate: GateName }) {
  const turn = (on: boolean) => { set({ review: on ? [...wish.review, gate] : wish.review.filter((one) => one !== gate) }); };
  return <Switch label={GATES[gate]} checked={wish.review.includes(gate)} onChange={turn} />;
}
