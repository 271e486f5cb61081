/**
 * Runs in a guest: enables each row of the matrix in this one process, and tells in a line of JSON
 * whether it fired, by which mechanism, or what refused it.
 */

import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArguments } from "../../../src/cli/arguments.ts";
import { compilePrograms } from "../../../src/cli/compile-programs.ts";
import { traceMode } from "../../../src/cli/modes/trace.ts";
import { readSettings } from "../../../src/cli/settings.ts";
import type { Attachment } from "../../../src/compiler/enabling.ts";
import { macroVariables } from "../../../src/consumer/macros.ts";
import { openSystem } from "../../../src/consumer/system.ts";
import { buildProgram } from "../../harness/build-program.ts";
import { type Cell, resultMark } from "./results.ts";
import { allRows, type Row, workloads } from "./rows.ts";

const folder = mkdtempSync(join(tmpdir(), "dtrace-matrix-"));
const shown = join(folder, "shown");

function prepare(): void {
  for (const name of ["known-reads", "page-touches", "connections", "map-contention"]) {
    buildProgram(name);
  }
  const programs = join(buildProgram("known-greetings"), "..");
  attempt(() => buildProgram("i386-calls"));
  const disk = attempt(() => {
    execFileSync("modprobe", ["loop"]);
    execFileSync("truncate", ["-s", "16M", join(folder, "image")]);
    return execFileSync("losetup", ["--show", "-f", join(folder, "image")], { encoding: "utf8" });
  });
  attempt(() => execFileSync("modprobe", ["dummy", "numdummies=0"]));
  attempt(() => execFileSync("insmod", [`${process.env["DTRACE_LAB_MODULES"]}/hworld.ko`]));
  for (const [name, text] of Object.entries(workloads)) {
    const head = `#!/bin/sh\nPROGRAMS=${programs} DISK=${disk?.trim() ?? "/nowhere"}\n`;
    // A single program keeps the process id that is traced.
    const body = /[;&]/.test(text) ? text : `exec ${text}`;
    writeFileSync(join(folder, name), `${head}${body}\n`);
    chmodSync(join(folder, name), 0o755);
  }
}

/** What some processors or kernels lack shows in the rows that need it. */
function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch (error) {
    process.stdout.write(`${error instanceof Error ? error.message : error}\n`);
    return undefined;
  }
}

async function measure(row: Row): Promise<Cell> {
  if (row.mechanism === undefined) delete process.env["DTRACE_FBT"];
  else process.env["DTRACE_FBT"] = row.mechanism;
  const workload = row.workload === undefined ? [] : ["-c", join(folder, row.workload)];
  const end = row.workload === undefined ? "\ntick-10s { exit(0); }" : "";
  rmSync(shown, { force: true });
  const words = (program: string): readonly string[] => [
    ...["-q", "-o", shown, ...(row.options ?? []), ...workload, "-n", program],
  ];
  const messages: string[] = [];
  try {
    const line = parseArguments(words(row.program + end));
    if (!("mode" in line)) throw new Error(`no command line: ${row.program}`);
    await traceMode(line, (message) => messages.push(message));
    const text = readFileSync(shown, "latin1");
    if (!text.includes("yes")) return { works: false, how: messages[0] ?? "did not fire" };
    return { works: true, how: mechanismsOf(words(row.program)) };
  } catch (error) {
    const why = error instanceof Error ? error.message : `${error}`;
    const place = `invalid probe specifier ${row.program}${end}: `;
    return { works: false, how: why.replace(place, "").slice(0, 200) };
  }
}

function mechanismsOf(words: readonly string[]): string {
  const line = parseArguments(words);
  if (!("mode" in line)) return "";
  const options = readSettings(line);
  const { environment } = openSystem(macroVariables(process.pid), options);
  const { enabling } = compilePrograms(line, environment, options);
  const names = enabling.programs.map(({ attachment }) => mechanismOf(attachment));
  const others = [...new Set(names)].filter((name) => name !== undefined);
  return others.length === 0 ? "run by the command" : others.join(", ");
}

function mechanismOf(attachment: Attachment): string | undefined {
  switch (attachment.kind) {
    case "session":
    case "tail-call":
      return undefined;
    case "system-call":
      return `raw tracepoint sys_${attachment.edge === "entry" ? "enter" : "exit"}`;
    case "raw-tracepoint":
      return `raw tracepoint ${[...new Set(attachment.events.map(({ event }) => event))].join(", ")}`;
    case "kprobes":
      return attachment.together ? "kprobe.multi" : "perf kprobe";
    case "instructions":
      return "perf kprobe at the instruction";
    case "function-trampoline":
      return attachment.edge === "entry" ? "fentry" : "fexit";
    case "timer":
      return "perf event, the CPU's clock";
    case "counter": {
      const types = attachment.counters.map(({ counter }) => counter.type);
      return `perf event, ${[...new Set(types)].join(", ")}`;
    }
  }
}

process.setMaxListeners(0);
prepare();
for (const row of allRows) {
  const cell = await measure(row);
  process.stdout.write(`${resultMark}${JSON.stringify({ name: row.name, ...cell })}\n`);
}
process.exit(0);
