import { useQuery } from "@tanstack/react-query";
import { ago, day } from "@/lib/format";
import { optionsQuery } from "@/lib/options";

const DAY_MS = 86_400_000;

/** When a deleted video went, and the day it will be gone for good. */
export function KeptUntil({ deletedAt }: { readonly deletedAt: string }) {
  const { data: options } = useQuery(optionsQuery);
  const days = options?.limits.trash_days;
  const end = days ? `, kept until ${day(new Date(Date.parse(deletedAt) + days * DAY_MS).toISOString())}` : "";
  return <>deleted {ago(deletedAt)}{end}</>;
}
