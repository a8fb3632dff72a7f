import "@testing-library/jest-dom/vitest";
import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";

afterEach(cleanup);
configure({ asyncUtilTimeout: 5_000 }); // a busy machine takes its time over a page's first script

// What jsdom has not.
const media = (query: string) => ({ matches: false, media: query, addEventListener: () => undefined, removeEventListener: () => undefined });
Object.defineProperty(globalThis, "matchMedia", { value: media });
window.scrollTo = () => undefined;
Element.prototype.scrollIntoView = () => undefined;
