import { Select } from "@/components/ui/select";

const CURRENCIES = ["EUR", "USD", "GBP", "RON", "CHF", "PLN", "CZK", "HUF", "SEK", "DKK", "NOK", "BGN", "UAH", "TRY", "CAD", "AUD", "JPY", "INR", "BRL", "MXN"];
const NAMES = new Intl.DisplayNames("en", { type: "currency" });

interface CurrencyProps {
  readonly value: string;
  readonly onChange: (currency: string) => void;
  /** What stands first for none, where none is allowed. */
  readonly none?: string;
}

/** A currency by its code; one that is not in the list stays to be chosen. */
export function CurrencySelect({ value, onChange, none }: CurrencyProps) {
  const codes = value === "" || CURRENCIES.includes(value) ? CURRENCIES : [value, ...CURRENCIES];
  const options = codes.map((code) => ({ value: code, label: code, hint: nameOf(code) }));
  return <Select label="Currency" options={none === undefined ? options : [{ value: NONE, label: none, hint: "" }, ...options]} value={value || NONE} onChange={(code) => { onChange(code === NONE ? "" : code); }} />;
}

const NONE = "none";

function nameOf(code: string): string {
  try {
    return NAMES.of(code) ?? "";
  } catch {
    return ""; // a code that no browser knows
  }
}
