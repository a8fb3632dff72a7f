import { useRef, type ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Field, TextArea } from "@/components/ui/field";

interface MergeProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
  /** Names that may stand in braces. */
  readonly fields: readonly string[];
  readonly error?: string | undefined;
  readonly hint?: ReactNode;
  readonly aside?: ReactNode;
  readonly rows?: number;
  readonly placeholder?: string;
}

/** A text for many: the fields are inserted where the caret is. */
export function MergeText({ label, value, onChange, fields, error, hint, aside, rows = 4, placeholder }: MergeProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  const insert = (field: string) => {
    const { selectionStart: from, selectionEnd: to } = area.current ?? { selectionStart: value.length, selectionEnd: value.length };
    onChange(`${value.slice(0, from)}{${field}}${value.slice(to)}`);
    const caret = from + field.length + 2;
    requestAnimationFrame(() => {
      area.current?.focus();
      area.current?.setSelectionRange(caret, caret);
    });
  };
  return (
    <div className="flex flex-col gap-2">
      <Field label={label} error={error} hint={hint} aside={aside}>
        <TextArea ref={area} rows={rows} value={value} onChange={(event) => { onChange(event.target.value); }} placeholder={placeholder} />
      </Field>
      {fields.length > 0 && (
        <div role="group" aria-label="Insert a field" className="flex flex-wrap items-center gap-1.5">
          <span className="mr-1 text-xs text-ink-3">Insert</span>
          {fields.map((field) => <Button key={field} size="sm" className="max-w-full font-mono text-xs" onClick={() => { insert(field); }}><span className="truncate">{`{${field}}`}</span></Button>)}
        </div>
      )}
    </div>
  );
}
