import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import type { ProductBrief } from "@/lib/api/types";
import { Asked } from "./asked";

it("tells in words what was asked of products, and markup as text", () => {
  const mug = { name: "<b>Mug</b>", brand: "Heron", description: "", badge: "New", price: { amount: "24.90", currency: "EUR" }, sale_price: { amount: "19.90", currency: "EUR" }, pictures: ["a", "b"], picture_urls: ["https://shop.test/c.jpg"] };
  const brief = { kind: "product", template: "sale", products: [mug], script: "", call: "Order now", look: { background: "#111111", text: "#FFFFFF", accent: "#FFD60A", font: "Poppins" }, presets: ["tiktok"], quality: "draft", language: "en", subtitles: { preset: "clean" } };
  const { container } = render(<Asked brief={brief as unknown as ProductBrief} />);
  expect(screen.getByText("<b>Mug</b>")).toBeInTheDocument();
  expect(container).toHaveTextContent("€19.90 instead of €24.90, “New”, 3 pictures (1 by address)");
  expect(container).toHaveTextContent("Said" + "written from the facts");
  expect(container).toHaveTextContent("Order now");
});
