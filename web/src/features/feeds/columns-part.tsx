import { useQuery } from "@tanstack/react-query";
import { CurrencySelect } from "@/components/making/currency-select";
import type { Typed } from "@/components/making/parts";
import { Field, Input } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import type { Columns, Feed, Sent } from "@/lib/api/types";
import { optionsQuery } from "@/lib/options";

const NAMES = [
  ["id", "Id", "id, sku, product_id"],
  ["title", "Name", "title, name"],
  ["price", "Price", "price, regular_price"],
  ["sale_price", "Sale price", "sale_price"],
  ["images", "Pictures", "image_link, images"],
  ["brand", "Brand", "brand, vendor"],
  ["description", "Description", "description, summary"],
  ["category", "Category", "product_type, category"],
  ["availability", "Availability", "availability"],
  ["link", "Link", "link, url"],
] as const satisfies readonly (readonly [Exclude<keyof Columns, "currency">, string, string])[];

/** The form of a feed's columns; empty where the usual names tell. */
export type ColumnsWish = Readonly<Record<keyof Columns | "language", string>>;

export const NO_COLUMNS: ColumnsWish = {
  id: "", title: "", description: "", brand: "", category: "", availability: "", link: "", price: "", sale_price: "", images: "", currency: "", language: "",
};

export function columnsOf({ columns, language }: Pick<Feed, "columns" | "language">): ColumnsWish {
  const named = Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, column ?? ""]));
  return { ...NO_COLUMNS, ...named, language: language ?? "" };
}

/** What was said; the rest goes by its usual name. */
export function columnsSent(columns: ColumnsWish): Sent<Columns> {
  const said = Object.entries(columns).filter(([name, column]) => name !== "language" && column.trim());
  return Object.fromEntries(said.map(([name, column]) => [name, column.trim()]));
}

interface ColumnsProps {
  readonly value: ColumnsWish;
  readonly onChange: (columns: ColumnsWish) => void;
  readonly told: Readonly<Record<string, string>>;
  readonly open?: boolean;
}

const UNSAID = "unsaid";

/** For feeds whose columns have odd names, or whose prices name no currency. */
export function ColumnsPart({ value, onChange, told, open = false }: ColumnsProps) {
  const { data: options } = useQuery(optionsQuery);
  const put = (part: Partial<ColumnsWish>) => { onChange({ ...value, ...part }); };
  const languages = [{ value: UNSAID, label: "As it is" }, ...(options?.languages ?? []).map(({ code, name }) => ({ value: code, label: name }))];
  const wrong = Object.keys(told).some((name) => name.startsWith("columns."));
  return (
    <details open={open || wrong}>
      <summary className="cursor-pointer text-sm font-medium text-accent-text">Odd column names, or prices without a currency</summary>
      <div className="mt-3 flex flex-col gap-4">
        <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
          <Field label="Currency" hint="Meant where a price names none." error={told["columns.currency"]}>
            <CurrencySelect value={value.currency} onChange={(currency) => { put({ currency }); }} none="As the feed says" />
          </Field>
          <Field label="Language" hint="Of names and descriptions.">
            <Select label="Language" options={languages} value={value.language || UNSAID} onChange={(language) => { put({ language: language === UNSAID ? "" : language }); }} />
          </Field>
        </div>
        <p className="text-xs text-ink-3">The usual names are found by themselves. Name a column only where it is called otherwise.</p>
        <div className="grid grid-cols-2 gap-x-4 gap-y-3">
          {NAMES.map(([name, label, usual]) => (
            <Field key={name} label={label} error={told[`columns.${name}`]}>
              <Input value={value[name]} placeholder={usual} maxLength={100} spellCheck={false} autoCapitalize="off" onChange={(event: Typed) => { put({ [name]: event.target.value }); }} />
            </Field>
          ))}
        </div>
      </div>
    </details>
  );
}
