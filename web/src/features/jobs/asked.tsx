import type { Job } from "@/lib/api/types";
import { plural } from "@/lib/format";
import { AskedProducts } from "./asked-products";

type Brief = NonNullable<Job["brief"]>;

/** What was asked for, as it was typed. */
export function Asked({ brief }: { readonly brief: Brief }) {
  return (
    <details className="rounded-lg border border-line bg-surface p-4">
      <summary className="cursor-pointer text-sm font-medium">What was asked for</summary>
      <dl className="mt-3 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-2 text-sm">
        {brief.kind === "product" ? <AskedProducts brief={brief} /> : <Said brief={brief} />}
        <dt className="text-ink-3">Formats</dt><dd>{brief.presets.join(", ")}</dd>
        <dt className="text-ink-3">Quality</dt><dd>{brief.quality}</dd>
        <dt className="text-ink-3">Language</dt><dd>{brief.language}</dd>
        <dt className="text-ink-3">Subtitles</dt><dd>{brief.subtitles.preset}</dd>
      </dl>
    </details>
  );
}

function Said({ brief }: { readonly brief: Exclude<Brief, { kind: "product" }> }) {
  const text = brief.script || (brief.kind === "footage" ? brief.context : "");
  return (
    <>
      {text && <><dt className="text-ink-3">{brief.script ? "Script" : "About"}</dt><dd className="break-words whitespace-pre-wrap">{text}</dd></>}
      <dt className="text-ink-3">Footage</dt><dd>{plural(brief.footage.length, "clip")}</dd>
      {brief.inserts.length > 0 && <><dt className="text-ink-3">Over it</dt><dd>{plural(brief.inserts.length, "picture")}</dd></>}
    </>
  );
}
