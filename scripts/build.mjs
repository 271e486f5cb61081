/**
 * Bundles the command into `dist/dtrace.cjs`: one file, so that a start reads one file. Beside it
 * lies the code that V8 made of it, which `bin/dtrace` takes where the Node is the same.
 */

import { spawnSync } from "node:child_process";
import { build } from "esbuild";

await build({
  entryPoints: { dtrace: "src/cli/main.ts" },
  outdir: "dist",
  outExtension: { ".js": ".cjs" },
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20",
  external: ["koffi"],
  sourcemap: "linked",
  minifySyntax: true,
  minifyWhitespace: true,
  define: { "import.meta.url": "importMetaUrl" },
  banner: { js: 'const importMetaUrl = require("node:url").pathToFileURL(__filename).href;' },
  logLevel: "warning",
});

const { status } = spawnSync(process.execPath, ["scripts/make-cache.cjs"], { stdio: "inherit" });
process.exitCode = status ?? 1;
