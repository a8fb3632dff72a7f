import { configure, screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { beforeEach, expect, it } from "vitest";
import { gateway, refuse, type Gateway } from "./gateway";
import { open } from "./page";

const LIMITS = { script_chars: 5000, title_chars: 200, context_chars: 2000, length_min_s: 3, length_max_s: 180, variants: 10, footage_per_job: 60, trash_days: 30, upload_bytes: { image: 1e7, footage: 1e9, music: 1e8 } };
const OPTIONS = {
  limits: LIMITS, fonts: ["Lato", "Poppins"], kinds: ["script", "footage", "product"], languages: [{ code: "en", name: "English" }], qualities: ["draft", "final"],
  presets: [{ name: "tiktok", label: "TikTok", width: 1080, height: 1920 }], reviews: ["script"], subtitle_presets: ["karaoke", "none"], transitions: [], version: "1",
};
const picture = { id: "0b6f0c7e-0000-4000-8000-000000000001", name: "mug.jpg", kind: "image", state: "ready", facts: { duration_s: 0 }, thumbnail_url: "/v1/assets/mug/thumbnail" };

configure({ defaultHidden: true }); // the form is large, and looking for what is hidden in it is slow

let server: Gateway;
let sent: Record<string, unknown>[];
beforeEach(async () => {
  sessionStorage.clear();
  sent = [];
  server = await gateway();
  server.on("GET /v1/session", { signed_in: true, needs_key: false, profile: { id: "ana", name: "Ana", admin: false } });
  server.on("GET /health/live", { status: "ok" });
  server.on("GET /v1/options", OPTIONS);
  server.on("GET /v1/voices", { items: [] });
  server.on("GET /v1/uploads", { items: [] });
  server.on("GET /v1/assets", { items: [picture], next_cursor: null });
  server.on(`GET /v1/assets/${picture.id}`, picture);
  server.on("POST /v1/jobs", (_, response, body) => {
    sent.push(JSON.parse(body) as Record<string, unknown>);
    response.setHeader("Content-Type", "application/json").end(JSON.stringify({ id: "j1", name: "Mug", kind: "product", state: "queued", share: 0, videos: [], brief: null, fault: null, finished_at: null }));
  });
});

async function products() {
  const page = open("/make");
  await userEvent.click(await screen.findByRole("tab", { name: "Products" }));
  await screen.findByRole("region", { name: "The product" });
  return page;
}

const one = () => within(screen.getByRole("region", { name: "The product" }));
const make = () => userEvent.click(screen.getByRole("button", { name: "Make the video" }));
/** As a whole: each stroke of a key draws the form anew. */
async function write(box: HTMLElement, text: string) {
  await userEvent.click(box);
  await userEvent.paste(text);
}
const field = (name: string) => one().getByRole("textbox", { name });

it("makes a video of a product with a picture that was uploaded before", async () => {
  const { router } = await products();
  await make();
  expect(await screen.findByText("Give it a name.")).toBeVisible();
  expect(screen.getByText("Add at least one picture.")).toBeVisible();
  expect(sent).toEqual([]);
  await write(field("Name"), "Mug");
  await write(field("Price"), "24,90");
  await userEvent.click(one().getByRole("button", { name: "From your uploads" }));
  await userEvent.click(await screen.findByRole("checkbox", { name: "mug.jpg" }));
  await userEvent.click(screen.getByRole("button", { name: "Done" }));
  await userEvent.click(screen.getByRole("radio", { name: "Sale" }));
  await make();
  await waitFor(() => { expect(router.state.location.pathname).toBe("/jobs/j1"); });
  expect(sent).toMatchObject([{ kind: "product", template: "sale", products: [{ name: "Mug", price: { amount: "24.90", currency: "EUR" }, pictures: [picture.id] }] }]);
  expect(sent[0]).not.toHaveProperty("script");
});

it("shows beside each field what the gateway refuses of it, and nothing twice", async () => {
  const message = "the address leads to a private network";
  server.on("POST /v1/jobs", refuse(422, "url_forbidden", message, { errors: [{ pointer: "/products/0/picture_urls/1", message }] }));
  await products();
  await write(field("Name"), "Mug");
  for (const url of ["https://shop.test/a.jpg", "https://10.0.0.1/b.jpg"]) {
    await userEvent.click(one().getByRole("button", { name: "By address" }));
    await write(one().getAllByRole("textbox", { name: /Address of picture/ }).at(-1)!, url);
  }
  await make();
  const wrong = await screen.findByRole("textbox", { name: "Address of picture 2" });
  await waitFor(() => { expect(wrong).toBeInvalid(); });
  expect(wrong).toHaveFocus();
  expect(wrong).toHaveAccessibleDescription(message);
  expect(screen.getAllByText(message)).toHaveLength(1);
  await write(wrong, "x");
  expect(screen.queryByText(message)).toBeNull();
});

it("inserts merge fields where the caret is, and shows what will be said", async () => {
  await products();
  await write(field("Name"), "Mug");
  await userEvent.click(screen.getByRole("button", { name: "In your words" }));
  const script = screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Script" });
  expect(script).toHaveValue("{name}.");
  script.setSelectionRange(6, 6);
  await userEvent.click(screen.getByRole("button", { name: "{price}" }));
  expect(script).toHaveValue("{name}{price}.");
  await make();
  expect(await screen.findByText(/Mug has nothing for \{price\}/)).toBeVisible();
  await write(field("Price"), "5");
  expect(screen.getByText("“Mug€5.00.”")).toBeVisible();
});

it("takes several products as a collection, keeps what was typed, and gives back what was removed", async () => {
  const first = await products();
  await write(field("Name"), "Mug");
  await userEvent.click(screen.getByRole("button", { name: "Add another product" }));
  expect(screen.getByRole("radio", { name: "Collection" })).toBeChecked();
  const second = screen.getByRole("region", { name: "Product 2" });
  await waitFor(() => { expect(second).toHaveFocus(); });
  await write(within(second).getByRole("textbox", { name: "Name" }), "Plate");
  first.unmount();
  open("/make"); // a reload
  expect(await screen.findByRole("region", { name: "Plate" })).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Show Plate earlier" }));
  expect(screen.getAllByRole("region", { name: /Mug|Plate/ }).map((region) => region.getAttribute("aria-label"))).toEqual(["Plate", "Mug"]);
  await userEvent.click(screen.getByRole("button", { name: "Remove Plate" }));
  expect(screen.queryByRole("region", { name: "Plate" })).toBeNull();
  await userEvent.click(await screen.findByRole("button", { name: "Undo" }));
  expect(await screen.findByRole("region", { name: "Plate" })).toBeVisible();
  await userEvent.click(screen.getByRole("radio", { name: "Spotlight" }));
  expect(screen.getByText(/The other 1 product you wrote/)).toBeVisible();
});

it("opens a product job's form filled in", async () => {
  const look = { background: "#111111", text: "#FFFFFF", accent: "#00FF00", font: "Lato" };
  const shown = { name: "Mug", brand: "Heron", description: "", badge: "", price: { amount: "24.90", currency: "RON" }, sale_price: null, pictures: [picture.id], picture_urls: [] };
  const brief = { kind: "product", template: "sale", products: [shown], script: "", call: "Order now", look, title: "", language: "en", presets: ["tiktok"], variants: 2, quality: "draft", review: [], subtitles: {}, music: null, voice: { provider: "auto", name: null } };
  server.on("GET /v1/jobs/j0", { id: "j0", name: "Mug", kind: "product", state: "completed", share: 1, videos: [], brief, fault: null, finished_at: "2026-03-10T12:00:00Z" });
  const { router } = open("/jobs/j0");
  await userEvent.click(await screen.findByRole("link", { name: "Make again with changes" }));
  await waitFor(() => { expect(router.state.location.pathname).toBe("/make"); });
  expect(await screen.findByRole("radio", { name: "Sale" })).toBeChecked();
  expect(field("Brand")).toHaveValue("Heron");
  expect(screen.getByRole("textbox", { name: "Call to action" })).toHaveValue("Order now");
  expect(await one().findByRole("button", { name: "Remove mug.jpg" })).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Make 2 videos" }));
  await waitFor(() => { expect(sent).toMatchObject([{ template: "sale", quality: "draft", look, products: [{ price: { amount: "24.90", currency: "RON" } }] }]); });
});
