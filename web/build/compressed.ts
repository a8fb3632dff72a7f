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
    enforce: "post",
    async generateBundle(_, bundle) {
      for (const file of Object.values(bundle)) {
        const source = Buffer.from(file.type === "chunk" ? file.code : file.source);
        if (!WORTH_IT.test(file.fileName) || source.length < SMALLEST) continue;
        const [small, wide] = await Promise.all([brotli(source), promisify(gzip)(source, { level: 9 })]);
        this.emitFile({ type: "asset", fileName: `${file.fileName}.br`, source: small });
        this.emitFile({ type: "asset", fileName: `${file.fileName}.gz`, source: wide });
      }
    },
  };
}

const brotli = (source: Buffer) =>
  promisify(brotliCompress)(source, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: source.length } });
