import { cva, type VariantProps } from "class-variance-authority";
import type { ReactNode } from "react";

const look = cva("inline-flex h-6 items-center gap-1.5 rounded-full px-2.5 text-xs font-medium whitespace-nowrap [&_svg]:size-3.5", {
  variants: {
    tone: {
      plain: "bg-sunken text-ink-2",
      accent: "bg-accent-soft text-accent-text",
      good: "bg-good-soft text-good",
      warn: "bg-warn-soft text-warn",
      bad: "bg-bad-soft text-bad",
    },
  },
  defaultVariants: { tone: "plain" },
});

export type Tone = NonNullable<VariantProps<typeof look>["tone"]>;

export function Badge({ tone, children }: { readonly tone?: Tone; readonly children: ReactNode }) {
  return <span className={look({ tone })}>{children}</span>;
}
