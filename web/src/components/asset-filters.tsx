import { Heart } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import type { AssetFilter } from "@/lib/assets";
import { useSettled } from "@/lib/hooks";

export type Narrow = Pick<AssetFilter, "favourite" | "keyword">;

interface FiltersProps {
  readonly narrow: Narrow;
  readonly onChange: (narrow: Narrow) => void;
}

/** Which files are shown: favourites, and those that a keyword was given to. */
export function AssetFilters({ narrow, onChange }: FiltersProps) {
  const [text, setText] = useState(narrow.keyword ?? "");
  const keyword = useSettled(text).trim();
  const { favourite, keyword: before = "" } = narrow;
  useEffect(() => {
    if (keyword !== before) onChange({ ...(favourite && { favourite }), ...(keyword && { keyword }) });
  }, [keyword, before, favourite, onChange]);
  return (
    <div role="search" className="flex flex-wrap gap-2">
      <Field label="Keyword" hideLabel className="min-w-40 flex-1">
        <Input type="search" placeholder="A keyword, as it was given" value={text} onChange={(event: { target: { value: string } }) => { setText(event.target.value); }} />
      </Field>
      <Button
        aria-pressed={favourite === true}
        look={favourite ? "primary" : "plain"}
        onClick={() => { onChange({ ...(!favourite && { favourite: true }), ...(keyword && { keyword }) }); }}
      >
        <Heart aria-hidden />Favourites
      </Button>
    </div>
  );
}
