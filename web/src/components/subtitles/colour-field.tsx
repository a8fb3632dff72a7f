import { useState } from "react";
import { Field, Input } from "@/components/ui/field";

interface ColourProps {
  readonly label: string;
  /** #RRGGBB */
  readonly value: string;
  readonly onChange: (colour: string) => void;
}

const WHOLE = /^#[0-9A-Fa-f]{6}$/;

/** A colour, by hand or by eye. Only a whole one is handed on. */
export function ColourField({ label, value, onChange }: ColourProps) {
  const [typed, setTyped] = useState({ text: value, over: value });
  const text = typed.over === value ? typed.text : value; // what is typed holds until the value changes elsewhere
  const take = (next: string) => {
    setTyped({ text: next, over: WHOLE.test(next) ? next.toUpperCase() : value });
    if (WHOLE.test(next)) onChange(next.toUpperCase());
  };
  return (
    <Field label={label} error={WHOLE.test(text) ? undefined : "Like #FFD60A"}>
      <div className="flex items-center gap-2">
        <input type="color" aria-label={`${label}, by eye`} value={WHOLE.test(text) ? text : value} onChange={(event) => { take(event.target.value); }} className="h-9 w-10 shrink-0 cursor-pointer rounded-md border border-line-strong bg-surface p-1" />
        <Input value={text} spellCheck={false} maxLength={7} onChange={(event: { target: { value: string } }) => { take(event.target.value); }} />
      </div>
    </Field>
  );
}
