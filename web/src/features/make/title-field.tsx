import { Field, Input } from "@/components/ui/field";
import type { Typed } from "@/components/making/parts";
import type { PartProps } from "./parts";

export function TitleField({ wish, set, options }: PartProps) {
  return (
    <Field label="Title" hint={`To find it again. Otherwise it is named after ${wish.way === "product" ? "the product" : "its first words"}.`}>
      <Input value={wish.title} maxLength={options.limits.title_chars} onChange={(event: Typed) => { set({ title: event.target.value }); }} />
    </Field>
  );
}
