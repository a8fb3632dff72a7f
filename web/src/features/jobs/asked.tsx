import type { Job } from "@/lib/api/types";
import { plural } from "@/lib/format";

/** What was asked for, as it was typed. */
export function Asked({ brief }: { readonly brief: NonNullable<Job["brief"]> }) {
  const text = brief.script || (brief.kind === "footage" ? brief.context : "");
  return (
    <details className="rounded-lg border border-line bg-surface p-4">
      <summary className="cursor-pointer text-sm font-medium">What was asked for</summary>
      <dl className="mt-3 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-2 text-sm">
        {text && <><dt className="text-ink-3">{brief.kind === "footage" ? "About" : "Script"}</dt><dd className="break-words whitespace-pre-wrap">{text}</dd></>}
        {brief.kind === "product" ? (
          <>
            <dt className="text-ink-3">{plural(brief.products.length, "Product")}</dt>
            <dd className="break-words">{brief.products.map((product) => product.name).join(", ")}</dd>
            <dt className="text-ink-3">Template</dt><dd>{brief.template}</dd>
          </>
        ) : (
          <>
            <dt className="text-ink-3">Footage</dt><dd>{plural(brief.footage.length, "clip")}</dd>
            {brief.inserts.length > 0 && <><dt className="text-ink-3">Over it</dt><dd>{plural(brief.inserts.length, "picture")}</dd></>}
          </>
        )}
        <dt className="text-ink-3">Formats</dt><dd>{brief.presets.join(", ")}</dd>
        <dt className="text-ink-3">Quality</dt><dd>{brief.quality}</dd>
        <dt className="text-ink-3">Language</dt><dd>{brief.language}</dd>
      </dl>
    </details>
  );
}
