import { useQuery } from "@tanstack/react-query";
import { LookEditor } from "@/components/making/look-editor";
import type { Written } from "@/components/making/sketch";
import { assetQuery } from "@/lib/assets";
import { profileQuery } from "@/lib/profile";
import { factsOf } from "../merging";
import type { ToldProps } from "../parts";
import { shownOf } from "../products";

/** The colours and the letters of the cards, beside a sketch of the first product. */
export function LookPart({ wish, set, options, told }: ToldProps) {
  const { data: profile } = useQuery(profileQuery);
  return (
    <LookEditor
      look={wish.look}
      onChange={(look) => { set({ look }); }}
      template={wish.template}
      written={useWritten(wish)}
      options={options}
      brand={profile?.brand.look ?? null}
      error={told.look}
    />
  );
}

function useWritten(wish: ToldProps["wish"]): Written {
  const [first] = shownOf(wish);
  const picture = useQuery({ ...assetQuery(first?.pictures[0] ?? ""), enabled: first?.pictures[0] !== undefined });
  const facts = first ? factsOf(first, wish.language) : null;
  return {
    name: facts?.name ?? "", brand: facts?.brand ?? "", price: facts?.price ?? "", old_price: facts?.old_price ?? "",
    badge: [first?.badge.trim(), facts?.discount].find(Boolean) ?? "", call: wish.call.trim(), picture: picture.data?.thumbnail_url ?? null,
  };
}
