/**
 * `npm run docs:kernels [-- KERNEL…]`: boots the lab's kernels and writes down which probes each
 * has, in docs/providers.
 */

import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { kernels } from "../../../test/vm/kernels.ts";
import { optionalModules } from "./kernel-probes.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const program = `${root}.build/list-probes-${process.pid}.mjs`;
const words = process.argv.slice(2);

mkdirSync(`${root}.build`, { recursive: true });
await build({
  entryPoints: [`${root}scripts/docs/providers/list.ts`],
  outfile: program,
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  packages: "external",
  logLevel: "warning",
});
try {
  for (const { name } of kernels) {
    if (words.length === 0 || words.includes(name)) record(name);
  }
} finally {
  rmSync(program);
}

function record(kernel: string): void {
  const output = execFileSync(
    process.execPath,
    [
      "--import",
      "tsx",
      "test/vm/main.ts",
      kernel,
      `--command=modprobe -a ${optionalModules.join(" ")}; node ${program}`,
    ],
    { cwd: root, encoding: "utf8", maxBuffer: 1 << 28 },
  );
  const found = /^probes (\{.*\})\r?$/m.exec(output)?.[1];
  if (found === undefined) throw new Error(`${kernel} tells of no probes:\n${output}`);
  writeFileSync(
    `${root}docs/providers/${kernel}.json`,
    `${JSON.stringify(JSON.parse(found), undefined, 2)}\n`,
  );
}
