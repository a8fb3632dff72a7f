/** Figures as people read them, in English like all words of this page. */
const LOCALE = "en";

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/** `1.4 GB`: decimal units, as phones and file managers show them. */
export function bytes(size: number): string {
  const power = size < 1000 ? 0 : Math.min(Math.floor(Math.log10(size) / 3), UNITS.length - 1);
  const digits = power > 1 && size / 1000 ** power < 10 ? 1 : 0;
  const style = { style: "unit", unit: UNITS[power] ?? "byte", maximumFractionDigits: digits } as const;
  return new Intl.NumberFormat(LOCALE, style).format(size / 1000 ** power);
}

export const count = (value: number): string => new Intl.NumberFormat(LOCALE).format(value);

/** `1 clip`, `3 clips`. English, as all words of this page. */
export const plural = (value: number, one: string, many = `${one}s`): string =>
  `${count(value)} ${value === 1 ? one : many}`;

/** A share of 0..1 as `42%`; never 100 before it is whole, never 0 once something is done. */
export function percent(share: number): string {
  const whole = share >= 1 ? 100 : share <= 0 ? 0 : Math.min(99, Math.max(1, Math.round(share * 100)));
  return `${whole}%`;
}

/** An amount of money as a language writes it; as it is where the browser knows no such currency or language. */
export function money(amount: number | string, currency: string, language = LOCALE): string {
  try {
    return new Intl.NumberFormat(language, { style: "currency", currency }).format(Number(amount));
  } catch {
    return `${String(amount)} ${currency}`;
  }
}
