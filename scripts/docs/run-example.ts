/** Runs the examples of the guide with the built command, some at a time, each in its own folder. */

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildProgram } from "../../test/harness/build-program.ts";
import type { Example } from "./entry.ts";

/** Gives what an example prints; the pages are made of it. */
export type Run = (example: Example) => Promise<string>;

export const scriptName = "example.d";

const command = fileURLToPath(new URL("../../bin/dtrace", import.meta.url));
const mostAtOnce = 3;
const limitMs = 30_000;

/** A program of one line is given on the command line, a longer one in a file. */
export const isOneLiner = ({ program }: Example): boolean => !/[\n']/.test(program);

export const argumentsOf = (example: Example): readonly string[] =>
  example.arguments ?? [example.destructive ? "-qw" : "-q"];

export function wordsOf(example: Example): readonly string[] {
  const [first = "", ...others] = argumentsOf(example);
  // A first word of letters takes the letter of the program, as people type it: `-qn`.
  const joins = /^-[CeFHlqvwZ]+$/.test(first);
  const letter = isOneLiner(example) ? "n" : "s";
  const program = isOneLiner(example) ? example.program : scriptName;
  return joins
    ? [`${first}${letter}`, program, ...others]
    : [`-${letter}`, program, ...argumentsOf(example)];
}

let running = 0;
const waiting: (() => void)[] = [];

export async function runExample(example: Example): Promise<string> {
  if (running >= mostAtOnce) await new Promise<void>((resolve) => waiting.push(resolve));
  running++;
  try {
    return await runInFolder(example);
  } finally {
    running--;
    waiting.shift()?.();
  }
}

async function runInFolder(example: Example): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "dtrace-guide-"));
  try {
    const files = { ...example.files, [scriptName]: example.program };
    for (const [name, text] of Object.entries(files)) {
      writeFileSync(join(folder, name), `${text.trimEnd()}\n`);
    }
    for (const name of programsOf(example)) symlinkSync(programPath(name), join(folder, name));
    return await runWords(wordsOf(example), folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** `./NAME ARGUMENTS` among the words is NAME of test/programs. */
const programsOf = (example: Example): readonly string[] =>
  argumentsOf(example).flatMap((word) => /^\.\/([\w-]+)/.exec(word)?.[1] ?? []);

const programPaths = new Map<string, string>();

function programPath(name: string): string {
  const path = programPaths.get(name) ?? buildProgram(name);
  programPaths.set(name, path);
  return path;
}

/** Both outputs go the same way, so that they come in the order in which they were written. */
function runWords(words: readonly string[], cwd: string): Promise<string> {
  const { NODE_EXTRA_CA_CERTS: _, ...inherited } = process.env;
  // Dates and what the traced commands say are the same everywhere.
  const env = { ...inherited, TZ: "UTC", LC_ALL: "C" };
  return new Promise((resolve, reject) => {
    const shell = ["-c", 'exec "$@" 2>&1', "sh", process.execPath, command, ...words];
    const child = spawn("/bin/sh", shell, { cwd, env, stdio: ["ignore", "pipe", "inherit"] });
    const timer = setTimeout(() => child.kill("SIGKILL"), limitMs);
    let text = "";
    child.stdout.setEncoding("utf8").on("data", (piece: string) => {
      text += piece;
    });
    child.on("error", reject);
    child.on("close", (_status, signal) => {
      clearTimeout(timer);
      if (signal === null) resolve(text);
      else reject(new Error(`${signal} ended dtrace ${words.join(" ")}\n${text}`));
    });
  });
}
