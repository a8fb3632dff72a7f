import { Select as Base } from "@base-ui/react/select";
import { Check, ChevronsUpDown } from "lucide-react";
import { useMemo, type ReactNode } from "react";
import { cn } from "@/lib/cn";
import { CONTROL } from "./field";
import { ITEM, POPUP } from "./menu";

export interface Option<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly hint?: ReactNode;
  readonly disabled?: boolean;
}

interface SelectProps<Value extends string> {
  readonly options: readonly Option<Value>[];
  readonly value: Value | null;
  readonly onChange: (value: Value) => void;
  /** Said where no Field around it has a label. */
  readonly label?: string;
  readonly placeholder?: string;
  readonly disabled?: boolean;
  readonly className?: string;
}

/** One of a few. For more than thirty, offer a search instead. */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const { options, value, onChange, label, placeholder = "Choose ...", disabled = false, className } = props;
  const items = useMemo(() => options.map((option) => ({ value: option.value, label: option.label })), [options]);
  return (
    <Base.Root
      items={items}
      value={value}
      disabled={disabled}
      modal={false}
      onValueChange={(next) => { if (next !== null) onChange(next); }}
    >
      <Base.Trigger aria-label={label} className={cn(CONTROL, "flex items-center justify-between gap-2 text-left", className)}>
        <Base.Value placeholder={placeholder} className="truncate data-placeholder:text-ink-3" />
        <Base.Icon>
          <ChevronsUpDown aria-hidden className="size-4 text-ink-3" />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={6} alignItemWithTrigger={false} className="z-50">
          <Base.Popup className={cn(POPUP, "scroll-quiet max-h-(--available-height) min-w-(--anchor-width) max-w-[92vw] overflow-y-auto")}>
            <Base.List>
              {options.map((option) => (
                <Base.Item key={option.value} value={option.value} disabled={option.disabled ?? false} className={ITEM}>
                  <span className="min-w-0 flex-1">
                    <Base.ItemText>{option.label}</Base.ItemText>
                    {option.hint && <span className="block text-xs text-ink-3">{option.hint}</span>}
                  </span>
                  <Base.ItemIndicator>
                    <Check aria-hidden />
                  </Base.ItemIndicator>
                </Base.Item>
              ))}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
