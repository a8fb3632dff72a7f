import type { ReactNode } from "react";
import { Card } from "@/components/ui/card";

/** A step of the form. */
export function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Card className="flex flex-col gap-4 p-4 sm:p-5" aria-label={title}>
      <h2 className="text-base font-semibold">{title}</h2>
      {children}
    </Card>
  );
}
