/** What code generation refuses: programs that are right, and that eBPF or this kernel has no room for. */

import { compile } from "../../src/compiler/compile.ts";
import { renderFailure, renderTeaching } from "../../src/compiler/diagnostics/render.ts";
import type { Environment, Probe } from "../../src/compiler/environment.ts";
import { initialOptions } from "../../src/compiler/options/options.ts";
import { stabilityOf } from "../../src/providers/provider.ts";
import { fixtureEnvironment } from "../harness/fixture-environment.ts";
import { goldenSuite } from "../harness/golden.ts";

const functionReturn: Probe = {
  id: 1000,
  provider: "fbt",
  module: "vmlinux",
  function: "schedule",
  name: "return",
  stability: stabilityOf({
    provider: ["Evolving", "ISA"],
    name: ["Evolving", "Common"],
    arguments: ["Private", "ISA"],
  }),
  context: {
    kind: "kernel-function",
    edge: "return",
    symbol: "schedule",
    module: "vmlinux",
    architecture: "x64",
    typeId: () => undefined,
  },
  arguments: () => [],
};

/** A kernel that permits as little as a kernel may. */
function strictEnvironment(): Environment {
  const fixture = fixtureEnvironment();
  return {
    ...fixture,
    findProbes: (pattern) =>
      pattern.provider === "fbt" ? [functionReturn] : fixture.findProbes(pattern),
    features: { ...fixture.features, writesUserMemory: false },
  };
}

goldenSuite({
  folder: "generate",
  input: ".d",
  output: ".diagnostics",
  selects: (name) => name.startsWith("err."),
  produce(text, name) {
    const result = compile({
      sources: [{ text: { name: `${name}.d`, kind: "file", text }, probeField: "name" }],
      arguments: [],
      environment: strictEnvironment(),
      options: initialOptions(),
    });
    if (result.kind === "compiled") return "no error\n";
    return result.failures
      .map(({ source, lineMarkers, diagnostics }) => {
        const context = { source, lineMarkers, tags: true };
        const [first] = diagnostics;
        const failure = first ? renderFailure(first, context) : "no error\n";
        return `${failure}\n${diagnostics.map((each) => renderTeaching(each, context)).join("")}`;
      })
      .join("");
  },
});
