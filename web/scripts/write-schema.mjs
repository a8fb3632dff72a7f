// Writes the client's types from the gateway's OpenAPI document. `make api` dumps that document first.
import { readFile, writeFile } from "node:fs/promises";
import { rendered } from "./schema.mjs";

const document = new URL("../openapi.json", import.meta.url);
const types = new URL("../src/lib/api/schema.d.ts", import.meta.url);
await writeFile(types, await rendered(await readFile(document, "utf-8")));
