import type { ComponentProps } from "react";
import { cn } from "@/lib/cn";

/** A ground for things that belong together. */
export function Card({ className, ...others }: ComponentProps<"section">) {
  return <section {...others} className={cn("rounded-lg border border-line bg-surface shadow-low", className)} />;
}
