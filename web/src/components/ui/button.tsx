import { Button as Base } from "@base-ui/react/button";
import { cva, type VariantProps } from "class-variance-authority";
import { LoaderCircle } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "@/lib/cn";

export const buttonLook = cva(
  "inline-flex shrink-0 select-none items-center justify-center gap-2 rounded-md font-medium whitespace-nowrap transition-colors disabled:opacity-50 data-disabled:opacity-50 [&_svg]:shrink-0",
  {
    variants: {
      look: {
        primary: "bg-accent text-accent-ink shadow-low hover:bg-accent-hover",
        plain: "border border-line-strong bg-surface text-ink shadow-low hover:bg-sunken",
        quiet: "text-ink-2 hover:bg-sunken hover:text-ink",
        danger: "bg-bad text-bad-ink shadow-low hover:opacity-90",
        link: "text-accent-text underline-offset-4 hover:underline",
      },
      size: {
        sm: "h-8 px-2.5 text-sm pointer-coarse:h-10 [&_svg]:size-4",
        md: "h-9 px-3.5 text-sm pointer-coarse:h-11 [&_svg]:size-4",
        lg: "h-11 px-5 text-base pointer-coarse:h-12 [&_svg]:size-5",
        icon: "size-9 pointer-coarse:size-11 [&_svg]:size-4.5",
      },
    },
    defaultVariants: { look: "plain", size: "md" },
  },
);

type Look = VariantProps<typeof buttonLook>;

export interface ButtonProps extends Omit<ComponentProps<typeof Base>, "className">, Look {
  readonly className?: string;
  /** At work: shows a wheel and takes no second press. */
  readonly busy?: boolean;
}

/** A press that does something. What leads elsewhere is a link with `buttonLook`. */
export function Button({ look, size, busy = false, disabled, className, children, ...others }: ButtonProps) {
  return (
    <Base
      type="button"
      {...others}
      disabled={disabled === true || busy}
      focusableWhenDisabled={busy}
      aria-busy={busy || undefined}
      className={cn(buttonLook({ look, size }), className)}
    >
      {busy && <LoaderCircle aria-hidden className="animate-spin" />}
      {children}
    </Base>
  );
}
