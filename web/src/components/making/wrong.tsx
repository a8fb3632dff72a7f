import { useEffect, useRef } from "react";

/** What is wrong with something that is no single field. */
export function Wrong({ children }: { readonly children: string | undefined }) {
  if (!children) return null;
  return <p role="alert" tabIndex={-1} data-wrong className="text-xs font-medium text-bad outline-none">{children}</p>;
}

/** Leads to the first place of a form that must be mended, each time `times` grows. */
export function useFirstWrong(times: number) {
  const form = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (times === 0) return;
    const first = form.current?.querySelector<HTMLElement>("[aria-invalid=true], [data-wrong]");
    first?.scrollIntoView({ block: "center" });
    first?.focus({ preventScroll: true });
  }, [times]);
  return form;
}
