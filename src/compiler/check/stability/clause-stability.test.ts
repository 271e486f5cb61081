import assert from "node:assert/strict";
import { test } from "node:test";
import { fixtureEnvironment } from "../../../../test/harness/fixture-environment.ts";
import type { StabilityAttributes } from "../../environment.ts";
import { initialOptions } from "../../options/options.ts";
import { parseProgram } from "../../syntax/parse-program.ts";
import { checkProgram } from "../check-program.ts";
import { type ClauseStability, clauseStability } from "./clause-stability.ts";

const text = ({ name, data, class: dependency }: StabilityAttributes): string =>
  `${name}/${data}/${dependency}`;

function stabilityOf(source: string): ClauseStability {
  const environment = fixtureEnvironment();
  const parsed = parseProgram(
    { name: "t.d", kind: "file", text: source },
    {
      arguments: ["t.d"],
      macros: new Map(),
      isTypeName: () => false,
      probeField: "name",
      preferProbes: false,
      defaultArguments: false,
      allowUnusedArguments: true,
      allowEmpty: false,
    },
  );
  const { program } = checkProgram(parsed.program, environment, initialOptions());
  const [clause] = program?.clauses ?? [];
  assert.ok(clause);
  return clauseStability(clause);
}

const cases = [
  [
    "#pragma D attributes Evolving/Stable/ISA provider dtrace name\ndtrace:::BEGIN { trace(probename); }",
    "Evolving/Stable/ISA",
    "Evolving/Stable/ISA",
  ],
  [
    "#pragma D attributes Private/Private/ISA provider syscall name\ndtrace:::BEGIN { trace(1); }",
    "Stable/Stable/Common",
    "Stable/Stable/Common",
  ],
  ["dtrace:::BEGIN { trace(pid); }", "Stable/Stable/Common", "Stable/Stable/Common"],
  ["dtrace:::BEGIN { trace(curthread->pid); }", "Stable/Stable/Common", "Stable/Private/Common"],
  ["dtrace:::BEGIN { trace(`jiffies); }", "Stable/Stable/Common", "Private/Private/Unknown"],
  [
    "dtrace:::BEGIN /cpu == 0/ { trace(htons(1)); }",
    "Stable/Stable/Common",
    "Evolving/Evolving/Common",
  ],
  ["BEGIN { trace(probename); }", "Unstable/Unstable/Common", "Unstable/Unstable/Common"],
  [
    "#pragma D attributes Evolving/Private/ISA x\nint x; dtrace:::BEGIN { x = 1; }",
    "Stable/Stable/Common",
    "Evolving/Private/ISA",
  ],
  [
    "int x[int];\n#pragma D attributes Stable/Stable/CPU x\ndtrace:::BEGIN { x[0] = htons(1); }",
    "Stable/Stable/Common",
    "Evolving/Evolving/CPU",
  ],
  [
    "inline int y = 3;\n#pragma D attributes Unstable/Stable/CPU y\ndtrace:::BEGIN { trace(y); }",
    "Stable/Stable/Common",
    "Unstable/Stable/CPU",
  ],
] as const;

for (const [source, description, statements] of cases) {
  test(source, () => {
    const stability = stabilityOf(source);
    assert.equal(text(stability.description), description);
    assert.equal(text(stability.statements), statements);
  });
}
