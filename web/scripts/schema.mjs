import { createHash } from "node:crypto";
import openapiTS, { astToString } from "openapi-typescript";

/**
 * The TypeScript of an OpenAPI document. Its first line names the document, so that a test can tell whether it is current.
 * Refusals are left out: all are one kind of problem details, which the client turns into a Fault.
 * @param {string} document JSON text
 * @returns {Promise<string>}
 */
export async function rendered(document) {
  const head = `// Made by \`make api\` from the OpenAPI document ${createHash("sha256").update(document).digest("hex")}\n\n`;
  const types = await openapiTS(withoutRefusals(JSON.parse(document)), { alphabetize: true, });
  return head + astToString(types);
}

/** @param {any} document */
function withoutRefusals(document) {
  for (const path of Object.values(document.paths)) {
    for (const operation of Object.values(path)) {
      const told = Object.entries(operation.responses ?? {});
      if (told.length) operation.responses = Object.fromEntries(told.filter(([status]) => Number(status) < 400));
    }
  }
  return document;
}
