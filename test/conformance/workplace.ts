/** A copy of the tree in which the tests run and leave their files, with companions compiled. */

import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

export interface Workplace extends Disposable {
  /** The command under test. */
  readonly dtrace: string;
  /** A folder that has the command under test by its name alone. */
  readonly commands: string;
  folderOf(category: string): string;
  /** How to start the program that stands beside a test; undefined where it has none. */
  companionOf(category: string, file: string): Companion | undefined;
}

export type Companion =
  | { readonly kind: "command"; readonly words: readonly string[] }
  | { readonly kind: "unbuilt"; readonly reason: string };

/** The Korn shell where there is one; most of its scripts are bash's as well. */
export const shell: readonly string[] = existsSync("/bin/ksh") ? ["/bin/ksh", "-p"] : ["/bin/bash"];

export function openWorkplace(root: string, dtrace: string): Workplace {
  const copy = mkdtempSync(join(tmpdir(), "dtrace-conformance-"));
  cpSync(root, copy, { recursive: true });
  const remove = (): void => rmSync(copy, { recursive: true, force: true });
  process.on("exit", remove);
  const commands = join(copy, "commands");
  mkdirSync(commands);
  symlinkSync(dtrace, join(commands, "dtrace"));
  const companions = new Map<string, Companion | undefined>();
  return {
    dtrace,
    commands,
    folderOf: (category) => join(copy, category),
    companionOf(category, file) {
      const stem = join(copy, category, basename(file).replace(/\.[^.]*$/, ""));
      if (!companions.has(stem)) companions.set(stem, findCompanion(stem));
      return companions.get(stem);
    },
    [Symbol.dispose]: remove,
  };
}

function findCompanion(stem: string): Companion | undefined {
  const program = `${stem}.exe`;
  if (existsSync(program)) return { kind: "command", words: wordsFor(program) };
  const source = `${stem}.c`;
  if (!existsSync(source)) return undefined;
  const { status, stderr } = spawnSync(
    "gcc",
    ["-std=gnu99", "-w", "-O0", "-o", program, source, "-lpthread", "-ldl"],
    { encoding: "utf8" },
  );
  if (status === 0) return { kind: "command", words: [program] };
  const error = /error: (.*)/.exec(stderr)?.[1] ?? "gcc failed";
  return { kind: "unbuilt", reason: `its program is not for Linux: ${error}` };
}

/** Some programs of the tree are scripts for a shell that may be missing here. */
function wordsFor(program: string): readonly string[] {
  const isScript = readFileSync(program).subarray(0, 2).toString() === "#!";
  return isScript ? [...shell, program] : [program];
}
