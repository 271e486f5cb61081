/**
 * syscall: entry and return of every system call. The module is the ABI of the call: `x64` (or
 * `arm64`) for the machine's own, `x32` for 32-bit x86 calls, as dtrace4linux named them.
 */

import type { Btf } from "../btf/btf.ts";
import type { ArgumentDescription, Probe } from "../compiler/environment.ts";
import { firstProbeId } from "./probe-ids.ts";
import { type NameMatcher, type Provider, stabilityOf } from "./provider.ts";
import { callFunctionId, returnsFromFunction } from "./system-calls/functions.ts";
import { numbers as arm64Numbers } from "./system-calls/numbers-arm64.generated.ts";
import { numbers as x32Numbers } from "./system-calls/numbers-x32.generated.ts";
import { numbers as x64Numbers } from "./system-calls/numbers-x64.generated.ts";
import { signatures } from "./system-calls/signatures.generated.ts";

type Abi = "x64" | "x32" | "arm64";

export const stability = stabilityOf({
  provider: ["Evolving", "Common"],
  function: ["Private", "ISA"],
  name: ["Evolving", "Common"],
  arguments: ["Private", "ISA"],
});

const numbersByAbi: Record<Abi, string> = {
  x64: x64Numbers,
  x32: x32Numbers,
  arm64: arm64Numbers,
};

const abisOf = { x64: ["x64", "x32"], arm64: ["arm64"] } as const;

/** Ids of one ABI: two for each number. */
const idsPerAbi = 1_024;

export const syscallProvider: Provider = {
  name: "syscall",
  mayHaveName: (name) => name === "entry" || name === "return",

  *listProbes(system, matches) {
    const { architecture } = system;
    const types = (): Btf | undefined => system.kernelTypes("vmlinux");
    const signatureOf = readSignatures();
    for (const [position, abi] of abisOf[architecture].entries()) {
      const firstId = firstProbeId.syscall + position * idsPerAbi;
      for (const row of numbersByAbi[abi].trim().split("\n")) {
        const [number = "", name = ""] = row.split(" ");
        yield* probesOf(
          { abi, number: Number(number), name, firstId, signatureOf, types },
          matches,
        );
      }
    }
  },
};

interface SystemCall {
  readonly abi: Abi;
  readonly number: number;
  readonly name: string;
  readonly firstId: number;
  readonly signatureOf: (name: string) => readonly ArgumentDescription[];
  readonly types: () => Btf | undefined;
}

function* probesOf(call: SystemCall, matches: NameMatcher): Iterable<Probe> {
  const { abi, number, name, firstId, signatureOf } = call;
  const functionTypeId = (): number | undefined => callFunctionId(call.types(), call);
  const common = { provider: "syscall", module: abi, function: name, stability };
  if (matches(abi, name, "entry")) {
    yield {
      ...common,
      id: firstId + number * 2,
      name: "entry",
      context: { kind: "system-call", edge: "entry", abi, number, functionTypeId },
      arguments: () => signatureOf(name),
    };
  }
  if (matches(abi, name, "return")) {
    yield {
      ...common,
      id: firstId + number * 2 + 1,
      name: "return",
      context: {
        kind: "system-call",
        edge: "return",
        abi,
        number,
        ...(returnsFromFunction(name) && { functionTypeId }),
      },
      arguments: () => returnArguments,
    };
  }
}

/** The value returned, and the same again, as DTrace has always given both. */
const returnArguments: readonly ArgumentDescription[] = [
  { type: { kind: "text", text: "int64_t" }, source: 0 },
  { type: { kind: "text", text: "int64_t" }, source: 1 },
];

/** The table is split when the first call's types are asked for. */
function readSignatures(): (name: string) => readonly ArgumentDescription[] {
  let byName: Map<string, string> | undefined;
  return (name) => {
    byName ??= new Map(
      signatures
        .trim()
        .split("\n")
        .map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1)]),
    );
    const text = byName.get(name) ?? "";
    if (text === "") return [];
    return text.split("|").map((declaration, source) => ({
      type: { kind: "text", text: typeOfDeclaration(declaration) },
      source,
    }));
  };
}

/** `const char * filename` without its name. */
function typeOfDeclaration(declaration: string): string {
  return declaration.replace(/\s*\w+$/, "");
}
