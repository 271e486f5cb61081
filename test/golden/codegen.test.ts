/**
 * The eBPF of single constructs, on an environment that is the same everywhere: one tracepoint, no
 * kernel types.
 */

import { disassembleProgram } from "../../src/bpf/disassemble.ts";
import { codeText } from "../../src/cli/text/code-text.ts";
import type { Environment, Probe } from "../../src/compiler/environment.ts";
import { stabilityOf } from "../../src/providers/provider.ts";
import { compileD } from "../harness/compile-d.ts";
import { goldenSuite } from "../harness/golden.ts";

const probe: Probe = {
  id: 1,
  provider: "sdt",
  module: "test",
  function: "",
  name: "event",
  stability: stabilityOf({
    provider: ["Evolving", "Common"],
    name: ["Evolving", "Common"],
    arguments: ["Evolving", "Common"],
  }),
  context: { kind: "raw-tracepoint", event: "event", argumentCount: 2 },
  arguments: () => [],
};

const environment: Environment = {
  kernelTypes: () => undefined,
  typeModules: [],
  findProbes: () => [probe],
  findProbesById: () => [probe],
  findSymbol: () => undefined,
  features: {
    instructionSetV4: true,
    rawTracepointCookie: true,
    manyKprobes: true,
    mostTrampolines: 0,
    mostCallTrampolines: 0,
    takesTrampoline: () => false,
    writesUserMemory: true,
    hasKernelFunction: () => false,
  },
  architecture: "x64",
  possibleCpus: 2,
  macros: new Map([["target", "4242"]]),
};

goldenSuite({
  folder: "codegen",
  input: ".d",
  output: ".bpf",
  selects: () => true,
  produce(source) {
    const { programs } = compileD(source, { environment });
    return programs.map(({ spec }) => disassembleProgram(spec)).join("\n");
  },
});

goldenSuite({
  folder: "codegen",
  input: ".d",
  output: ".listing",
  selects: (name) => ["record", "predicate", "fault"].includes(name),
  produce(source, name) {
    const enabling = compileD(source, { environment, options: { listing: true } });
    const text = { name: `${name}.d`, kind: "file", text: source } as const;
    return codeText({ enabling, variables: [], programs: [{ source: text, clauses: [] }] });
  },
});
