import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { Plugin } from "vite";

const SMALLEST = 1024; // bytes; below this a compressed copy saves less than its headers cost
const WORTH_IT = /\.(js|css|svg|html|json)$/;

/** Puts a brotli and a gzip copy beside each text file, for a server that hands out what is there. */
export function compressed(): Plugin {
  return {
    name: "compressed",
    apply: "build",
    // From the disk: until they are written, other plugins still change the files.
    async writeBundle({ dir }, bundle) {
      const names = Object.keys(bundle).filter((name) => WORTH_IT.test(name));
      await Promise.all(names.map((name) => compress(join(dir ?? "", name))));
    },
  };
}

async function compress(path: string): Promise<void> {
  const source = await readFile(path);
  if (source.length < SMALLEST) return;
  const hint = { params: { [constants.BROTLI_PARAM_SIZE_HINT]: source.length } };
  await writeFile(`${path}.br`, await promisify(brotliCompress)(source, hint));
  await writeFile(`${path}.gz`, await promisify(gzip)(source, { level: 9 }));
}
