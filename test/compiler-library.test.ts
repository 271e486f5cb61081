/** The compiler is a library too: bundled alone, it asks nothing of the system. */

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { asNobody, publicFolder } from "./harness/restricted.ts";
import { runCommand } from "./harness/run-dtrace.ts";

const library = `
  import { compile } from "./src/compiler/compile.ts";
  import { initialOptions } from "./src/compiler/options/options.ts";
  import { fixtureEnvironment } from "./test/harness/fixture-environment.ts";
  const text = { name: "x.d", kind: "file", text: "syscall::read:entry { @[execname] = count() }" };
  const result = compile({
    sources: [{ text, probeField: "name" }],
    arguments: ["x.d"],
    environment: fixtureEnvironment(),
    options: initialOptions(),
  });
  console.log(process.getuid(), result.kind, result.enabling.programs.length);`;

test("the compiler as a library needs no privilege", async () => {
  const outfile = join(publicFolder(), "library.mjs");
  const resolveDir = fileURLToPath(new URL("..", import.meta.url));
  await build({
    stdin: { contents: library, resolveDir },
    outfile,
    bundle: true,
    platform: "neutral",
  });
  const command = [...asNobody(), process.execPath, outfile];
  const { stdout, stderr } = await runCommand("setpriv", command);
  assert.equal(stdout, "65534 compiled 1\n", stderr);
});
