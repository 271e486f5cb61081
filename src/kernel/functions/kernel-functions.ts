/** The functions that the kernel lets one trace, as tracefs lists them. */

import { release } from "node:os";
import { perfEventSource } from "../perf-event.ts";
import { readTextIfThere } from "../read-if-there.ts";
import { TraceFs } from "../tracefs.ts";
import { unsafeFunctions } from "./unsafe-functions.ts";

export interface KernelFunctions {
  /** What the first one's index is counted from: those of modules loaded later follow. */
  readonly firstIndex: number;
  /** In the kernel's order, which does not change while no module is loaded. */
  readonly names: readonly string[];
  /** By index; undefined for the core kernel. */
  readonly modules: readonly (string | undefined)[];
  /** By index, where the kernel tells: sixteen digits, of a place at the function's start. */
  readonly addresses: readonly string[] | undefined;
  /** Indexes of those whose name is another's too. */
  readonly namesakes: ReadonlySet<number>;
  /** Of those that kprobes refuse, that are unsafe, or whose name alone does not say which. */
  readonly leftOut: ReadonlySet<number>;
  /** Of these, the ones in which none of our programs may run. */
  readonly unsafe: ReadonlySet<number>;
}

export const noFunctions: KernelFunctions = {
  firstIndex: 0,
  names: [],
  modules: [],
  addresses: undefined,
  namesakes: new Set(),
  leftOut: new Set(),
  unsafe: new Set(),
};

const blacklist = "/sys/kernel/debug/kprobes/blacklist";

export const tracesFunctions = (): boolean => perfEventSource("kprobe") !== undefined;

/** Throws KernelError where tracefs cannot be read. */
export function readKernelFunctions(): KernelFunctions {
  using traceFs = TraceFs.open();
  return parseKernelFunctions(traceFs.tracedFunctions(), {
    refused: readTextIfThere(blacklist),
    isUnsafe: unsafeFunctions(release()),
  });
}

export interface Toxic {
  /** The text of the kernel's blacklist. */
  readonly refused: string;
  readonly isUnsafe: (name: string) => boolean;
}

const nothingToxic: Toxic = { refused: "", isUnsafe: () => false };

export function parseKernelFunctions(listed: string, toxic: Toxic = nothingToxic): KernelFunctions {
  const lines = parseLines(listed);
  const judged = judge(lines.names, toxic);
  // Without addresses a name is all there is.
  const unknown = lines.addresses ? [] : judged.namesakes;
  const leftOut = new Set([...judged.leftOut, ...unknown]);
  return { firstIndex: 0, ...lines, ...judged, leftOut };
}

function parseLines(listed: string): Pick<KernelFunctions, "names" | "modules" | "addresses"> {
  const addresses = /^[0-9a-f]{16} /.test(listed) ? ([] as string[]) : undefined;
  const start = addresses ? 17 : 0;
  const names: string[] = [];
  const modules: (string | undefined)[] = [];
  for (const line of listed.split("\n")) {
    if (line === "") continue;
    const space = line.indexOf(" ", start);
    addresses?.push(line.slice(0, 16));
    names.push(line.slice(start, space < 0 ? undefined : space));
    modules.push(space < 0 ? undefined : line.slice(space).trim().slice(1, -1));
  }
  return { names, modules, addresses };
}

function judge(
  names: readonly string[],
  { refused, isUnsafe }: Toxic,
): Pick<KernelFunctions, "namesakes" | "leftOut" | "unsafe"> {
  const toxic = new Set(refused.split("\n").map((line) => line.split("\t")[1] ?? ""));
  const namesakes = new Set<number>();
  const leftOut = new Set<number>();
  const unsafe = new Set<number>();
  const first = new Map<string, number>();
  for (const [index, name] of names.entries()) {
    const earlier = first.get(name);
    if (earlier === undefined) first.set(name, index);
    else namesakes.add(earlier).add(index);
    if (toxic.has(name)) leftOut.add(index);
    if (isUnsafe(name)) {
      leftOut.add(index);
      unsafe.add(index);
    }
  }
  return { namesakes, leftOut, unsafe };
}

const placedProbes = "/sys/kernel/debug/kprobes/list";

/** Where kprobes have replaced code, which cannot be read there: those at ftrace's calls have not. */
export const readReplacedCode = (): readonly bigint[] =>
  parseReplacedCode(readTextIfThere(placedProbes));

export function parseReplacedCode(listed: string): readonly bigint[] {
  return listed
    .split("\n")
    .filter((line) => /^[0-9a-f]+ /.test(line) && !line.includes("[FTRACE]"))
    .map((line) => BigInt(`0x${line.slice(0, line.indexOf(" "))}`));
}

/** Those of a module that was loaded just now. */
export function readModuleFunctions(module: string, firstIndex: number): KernelFunctions {
  const all = readKernelFunctions();
  const wanted = [...all.names.keys()].filter(
    (index) => all.modules[index] === module && !all.leftOut.has(index),
  );
  return {
    firstIndex,
    names: wanted.map((index) => all.names[index] ?? ""),
    modules: wanted.map(() => module),
    addresses: all.addresses && wanted.map((index) => all.addresses?.[index] ?? ""),
    namesakes: new Set([...wanted.keys()].filter((at) => all.namesakes.has(wanted[at] ?? -1))),
    leftOut: new Set(),
    unsafe: new Set(),
  };
}
