/** The probes that docs/providers records of this kernel are those it has. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { release } from "node:os";
import { test } from "node:test";
import { kernelProbes, optionalModules } from "../../../scripts/docs/providers/kernel-probes.ts";
import { initialOptions } from "../../../src/compiler/options/options.ts";
import { openSystem } from "../../../src/consumer/system.ts";

const version = /^\d+\.\d+/.exec(release())?.[0] ?? "";
const kernel = process.arch === "arm64" ? `${version}-arm64` : version;

test(`docs/providers/${kernel}.json is what the kernel has`, () => {
  const path = new URL(`../../../docs/providers/${kernel}.json`, import.meta.url);
  execFileSync("modprobe", ["-a", ...optionalModules]);
  const { registry } = openSystem(new Map(), initialOptions());
  assert.deepEqual(
    kernelProbes(registry),
    JSON.parse(readFileSync(path, "utf8")),
    "run `npm run docs:kernels`",
  );
});
