import { createLink } from "@tanstack/react-router";
import type { VariantProps } from "class-variance-authority";
import type { ComponentProps } from "react";
import { cn } from "@/lib/cn";
import { buttonLook } from "./button";

type Props = ComponentProps<"a"> & VariantProps<typeof buttonLook>;

/** A link of the router that looks like a button. */
export const LinkButton = createLink(({ look, size, className, children, ...others }: Props) => (
  <a {...others} className={cn(buttonLook({ look, size }), className)}>
    {children}
  </a>
));
