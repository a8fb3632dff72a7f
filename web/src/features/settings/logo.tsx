import { Images, X } from "lucide-react";
import { useState } from "react";
import { ClipPicker } from "@/components/clip-picker";
import { DrawnTray } from "@/components/drawings";
import { LogoMark, type LogoChoice } from "@/components/making/logo-mark";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { Slider } from "@/components/ui/slider";
import { UploadArea } from "@/components/uploads/upload-area";
import { cn } from "@/lib/cn";

const CORNERS: readonly { readonly value: LogoChoice["corner"]; readonly label: string }[] = [
  { value: "top_left", label: "Top left" }, { value: "top_right", label: "Top right" },
  { value: "bottom_left", label: "Bottom left" }, { value: "bottom_right", label: "Bottom right" },
];
const PLACE: Omit<LogoChoice, "asset"> = { corner: "top_right", size: 0.16, opacity: 1, margin: 0.01 };

interface LogoProps {
  readonly value: LogoChoice | null;
  readonly onChange: (logo: LogoChoice | null) => void;
}

/** A logo in a corner of every video. */
export function LogoPart({ value, onChange }: LogoProps) {
  const take = (asset: string) => { onChange({ ...PLACE, ...value, asset }); };
  return (
    <section aria-label="Logo" className="flex flex-col gap-4">
      <div>
        <h2 className="text-sm font-medium">Logo</h2>
        <p className="text-xs text-ink-3">In a corner of every video. A PNG with a clear ground looks best.</p>
      </div>
      {value ? <Placed value={value} onChange={onChange} /> : (
        <UploadArea kind="image" place="brand-logo" onAsset={({ id }) => { take(id); }}>
          <FromUploads onTake={take} />
        </UploadArea>
      )}
    </section>
  );
}

function Placed({ value, onChange }: { readonly value: LogoChoice; readonly onChange: LogoProps["onChange"] }) {
  const put = (part: Partial<LogoChoice>) => { onChange({ ...value, ...part }); };
  const whole = (share: number) => `${String(Math.round(share * 100))} %`;
  return (
    <div className="grid grid-cols-1 gap-5 sm:grid-cols-[minmax(0,1fr)_11rem]">
      <div className="flex min-w-0 flex-col gap-4">
        <fieldset>
          <legend className="mb-2 text-sm font-medium">Corner</legend>
          <div className="grid w-fit grid-cols-2 gap-2">
            {CORNERS.map(({ value: corner, label }) => (
              <label key={corner} className={cn("flex cursor-pointer items-center gap-2 rounded-md border px-3 py-2 text-sm has-focus-visible:outline-2 has-focus-visible:outline-accent", value.corner === corner ? "border-accent bg-accent-soft" : "border-line-strong hover:bg-sunken")}>
                <input type="radio" name="corner" className="accent-accent" checked={value.corner === corner} onChange={() => { put({ corner }); }} />{label}
              </label>
            ))}
          </div>
        </fieldset>
        <Slider label="Size" min={0.04} max={0.4} step={0.01} value={value.size} format={whole} onChange={(size) => { put({ size }); }} />
        <Slider label="Opacity" min={0.1} max={1} step={0.05} value={value.opacity} format={whole} onChange={(opacity) => { put({ opacity }); }} />
        <Button size="sm" className="self-start" onClick={() => { onChange(null); }}><X aria-hidden />Without a logo</Button>
      </div>
      <figure className="mx-auto w-44 sm:w-full">
        <div className="relative aspect-9/16 overflow-hidden rounded-md border border-line bg-linear-to-b from-ink-3 to-ink-2">
          <LogoMark logo={value} />
        </div>
        <figcaption className="mt-1.5 text-center text-xs text-ink-3">about where it will be</figcaption>
      </figure>
    </div>
  );
}

function FromUploads({ onTake }: { readonly onTake: (asset: string) => void }) {
  const [open, setOpen] = useState(false);
  const choose = ([id]: readonly string[]) => {
    if (id === undefined) return;
    setOpen(false);
    onTake(id);
  };
  return (
    <Dialog open={open} onOpenChange={setOpen} title="Your pictures" width="lg" trigger={<Button size="sm"><Images aria-hidden />From your uploads</Button>}>
      <ClipPicker kind="image" label="Your pictures" value={[]} onChange={choose} empty={<EmptyState drawing={<DrawnTray />} title="Nothing here yet">Drop a picture beside the button, and it is kept here too.</EmptyState>} />
    </Dialog>
  );
}
