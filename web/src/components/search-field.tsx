import { useEffect, useRef, useState } from "react";
import { Field, Input } from "@/components/ui/field";
import { useSettled } from "@/lib/hooks";

interface SearchProps {
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  /** Called once the typing pauses. */
  readonly onChange: (text: string) => void;
}

/** What is looked for, handed on once somebody has stopped typing. */
export function SearchField({ label, placeholder, value, onChange }: SearchProps) {
  const [text, setText] = useState(value);
  const settled = useSettled(text).trim();
  const told = useRef(value);
  useEffect(() => {
    if (settled === told.current) return;
    told.current = settled;
    onChange(settled);
  }, [settled, onChange]);
  return (
    <Field label={label} hideLabel className="min-w-40 flex-1">
      <Input type="search" placeholder={placeholder} value={text} onChange={(event: { target: { value: string } }) => { setText(event.target.value); }} />
    </Field>
  );
}
