/** Bundles the command into `dist/dtrace.js`: one file, so that a start reads one file. */

import { build } from "esbuild";

await build({
  entryPoints: { dtrace: "src/cli/main.ts" },
  outdir: "dist",
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  external: ["koffi"],
  sourcemap: "linked",
  minifySyntax: true,
  banner: { js: "// MIT licence; built from src/." },
});
