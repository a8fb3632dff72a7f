import "@testing-library/jest-dom/vitest";
import { cleanup } from "@testing-library/react";
import { afterEach } from "vitest";

afterEach(cleanup);

// What jsdom has not.
const media = (query: string) => ({ matches: false, media: query, addEventListener: () => undefined, removeEventListener: () => undefined });
Object.defineProperty(globalThis, "matchMedia", { value: media });
window.scrollTo = () => undefined;
Element.prototype.scrollIntoView = () => undefined;
