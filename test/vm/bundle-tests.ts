/**
 * Test files as one file each, so that a guest neither compiles them nor reads hundreds of files:
 * under emulation that takes longer than the tests do.
 */

import { readdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { pathToFileURL } from "node:url";
import { build, type Plugin } from "esbuild";
import { projectFolder } from "./folders.ts";

/** Where words choose nothing else: what asks the kernel something. */
const usualWords = ["test/kernel/", "test/golden/run", "test/end-to-end/", "test/vm/suites/"];

/** Every module still finds the files beside its source. */
const sourceLocations: Plugin = {
  name: "source-locations",
  setup({ onLoad }) {
    onLoad({ filter: /\/(src|test)\/.*\.ts$/ }, ({ path }) =>
      path.includes("/test/vm/guest/")
        ? undefined
        : {
            contents: readFileSync(path, "utf8")
              .replaceAll("import.meta.url", JSON.stringify(pathToFileURL(path).href))
              .replaceAll("import.meta.dirname", JSON.stringify(dirname(path))),
            loader: "ts",
          },
    );
  },
};

export function chooseTests(words: readonly string[]): readonly string[] {
  const chosen = words.length === 0 ? usualWords : words;
  return ["src", "test"]
    .flatMap((root) =>
      readdirSync(`${projectFolder}/${root}`, { recursive: true, encoding: "utf8" }).map(
        (name) => `${root}/${name}`,
      ),
    )
    .filter((name) => name.endsWith(".test.ts") && chosen.some((word) => name.includes(word)))
    .sort();
}

/** Writes them below `folder`, which must lie in the project, where the packages are found. */
export async function bundleTests(files: readonly string[], folder: string): Promise<void> {
  await build({
    absWorkingDir: projectFolder,
    entryPoints: [...files, "test/vm/guest/reporter.ts", "test/vm/guest/warm-command.ts"],
    outbase: projectFolder,
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    plugins: [sourceLocations],
    logLevel: "warning",
  });
}
