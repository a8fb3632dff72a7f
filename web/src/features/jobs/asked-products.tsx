import type { ProductBrief } from "@/lib/api/types";
import { money, plural } from "@/lib/format";

type ShownProduct = ProductBrief["products"][number];

/** What was asked for of products: each in words, and how they are shown. */
export function AskedProducts({ brief }: { readonly brief: ProductBrief }) {
  const { template, products, script, call, look, language } = brief;
  return (
    <>
      <dt className="text-ink-3">{products.length === 1 ? "Product" : "Products"}</dt>
      <dd>
        <ol className="flex flex-col gap-2">
          {products.map((product, place) => <Product key={place} product={product} language={language} />)}
        </ol>
      </dd>
      <dt className="text-ink-3">Template</dt><dd>{template}</dd>
      <dt className="text-ink-3">Said</dt><dd className="break-words whitespace-pre-wrap">{script || "written from the facts"}</dd>
      {call && <><dt className="text-ink-3">Call</dt><dd className="break-words">{call}</dd></>}
      <dt className="text-ink-3">Look</dt>
      <dd className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Colour name="background" colour={look.background} />
        <Colour name="text" colour={look.text} />
        <Colour name="accent" colour={look.accent} />
        <span>{look.font}</span>
      </dd>
    </>
  );
}

function Product({ product, language }: { readonly product: ShownProduct; readonly language: string }) {
  const { name, brand, price, sale_price: sale, badge, pictures, picture_urls: urls } = product;
  const now = sale ?? price;
  const written = (one: ShownProduct["price"]) => one && money(one.amount, one.currency, language);
  return (
    <li className="min-w-0">
      <p className="break-words"><span className="font-medium">{name}</span>{brand && `, ${brand}`}</p>
      <p className="figures text-ink-2">
        {now && <>{written(now)}{sale && price && <> instead of <s>{written(price)}</s></>}, </>}
        {badge && `“${badge}”, `}
        {plural(pictures.length + urls.length, "picture")}{urls.length > 0 && pictures.length > 0 && ` (${String(urls.length)} by address)`}
      </p>
      {urls.length > 0 && <ul className="text-ink-3">{urls.map((url) => <li key={url} className="truncate" title={url}>{url}</li>)}</ul>}
    </li>
  );
}

function Colour({ name, colour }: { readonly name: string; readonly colour: string }) {
  return (
    <span className="figures flex items-center gap-1.5">
      <span aria-hidden className="size-3.5 rounded-sm border border-line-strong" style={{ background: colour }} />
      {name} {colour}
    </span>
  );
}
