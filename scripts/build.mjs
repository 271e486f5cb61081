/**
 * Bundles the command into `dist/dtrace.cjs`: one file, so that a start reads one file. Beside it
 * lies the code that V8 made of it, which `bin/dtrace` takes where the Node is the same.
 */

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { appendFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
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

appendDigest("dist/dtrace.cjs");
await writeLibraryIndexes();

const { status } = spawnSync(process.execPath, ["scripts/make-cache.cjs"], { stdio: "inherit" });
process.exitCode = status ?? 1;

/** V8's code belongs to one bundle: how it ends tells which. */
function appendDigest(path) {
  const digest = createHash("sha256").update(readFileSync(path)).digest("base64");
  appendFileSync(path, `\n//${digest}`);
}

/** Which D library defines which name, for each processor that has its own. */
async function writeLibraryIndexes() {
  const { outputFiles } = await build({
    entryPoints: ["src/compiler/library/library-index.ts"],
    bundle: true,
    format: "esm",
    write: false,
  });
  const code = Buffer.from(outputFiles[0].contents).toString("base64");
  const { indexLibraries } = await import(`data:text/javascript;base64,${code}`);
  const paths = readdirSync("lib", { recursive: true }).filter((path) => path.endsWith(".d"));
  for (const architecture of ["x64", "arm64"]) {
    const libraries = paths
      .filter((path) => !path.includes("/") || path.startsWith(`${architecture}/`))
      .sort()
      .map((path) => ({ path, text: readFileSync(`lib/${path}`, "utf8") }));
    const index = JSON.stringify(indexLibraries(libraries));
    writeFileSync(`dist/libraries.${architecture}.json`, index);
  }
}
