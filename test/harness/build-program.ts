/** Builds the C programs of `test/programs` whose behaviour is known by construction. */

import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const sources = fileURLToPath(new URL("../programs", import.meta.url));
const target = fileURLToPath(new URL("../../.build/programs", import.meta.url));

/** The path of the built program, one for each set of flags. */
export function buildProgram(name: string, ...flags: readonly string[]): string {
  const folder = `${target}/${process.pid}/${flags.join("").replaceAll(/\W/g, "")}`;
  mkdirSync(folder, { recursive: true });
  const built = `${folder}/${name}`;
  execFileSync("gcc", ["-O1", ...flags, `${sources}/${name}.c`, "-o", built, "-lpthread"]);
  return built;
}
