/** What the checker makes of D text: typed trees for right programs, messages for wrong ones. */

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { type CheckResult, checkWithTypes } from "../../src/compiler/check/check-program.ts";
import { orderDiagnostics } from "../../src/compiler/check/diagnostic-order.ts";
import { outlineChecked } from "../../src/compiler/check/print/outline-checked.ts";
import { printChecked } from "../../src/compiler/check/print/print-checked.ts";
import { checkMessages } from "../../src/compiler/diagnostics/catalog-check.ts";
import { actionMessages } from "../../src/compiler/diagnostics/catalog-check-actions.ts";
import type { Diagnostic } from "../../src/compiler/diagnostics/diagnostic.ts";
import { renderFailure, renderTeaching } from "../../src/compiler/diagnostics/render.ts";
import { initialOptions } from "../../src/compiler/options/options.ts";
import { type ParseResult, parseProgram } from "../../src/compiler/syntax/parse-program.ts";
import { outlineProgram } from "../../src/compiler/syntax/print/print-ast.ts";
import type { SourceText } from "../../src/compiler/syntax/source-text.ts";
import { createTypeUniverse, isTypeName } from "../../src/compiler/types/environment-types.ts";
import { fixtureEnvironment } from "../harness/fixture-environment.ts";
import { goldenSuite } from "../harness/golden.ts";

const isError = (name: string): boolean => name.startsWith("err.");

goldenSuite({
  folder: "check",
  input: ".d",
  output: ".checked",
  selects: (name) => !isError(name),
  produce(text, name) {
    const { result, diagnostics, context } = check(text, name);
    const problems = diagnostics.map((each) => renderTeaching(each, context)).join("");
    return problems + (result.program ? printChecked(result.program) : "");
  },
});

goldenSuite({
  folder: "check",
  input: ".d",
  output: ".diagnostics",
  selects: isError,
  produce(text, name) {
    const { diagnostics, context } = check(text, name);
    const [first] = diagnostics;
    const failure = first ? renderFailure(first, context) : "no error\n";
    return `${failure}\n${diagnostics.map((each) => renderTeaching(each, context)).join("")}`;
  },
});

goldenSuite({
  folder: "check",
  input: ".d",
  output: ".tree",
  selects: (name) => name.startsWith("outline."),
  produce(text, name) {
    const { result, parsed } = check(text, name);
    return outlineProgram(parsed.program) + (result.program ? outlineChecked(result.program) : "");
  },
});

test("every tag of the checker has an input that gives it first", () => {
  const folder = join(import.meta.dirname, "check");
  const given = new Set(
    readdirSync(folder)
      .filter((file) => file.endsWith(".diagnostics"))
      .map((file) => /\[(D_[A-Z_]+)\]/.exec(readFileSync(join(folder, file), "utf8"))?.[1]),
  );
  const tags = [...Object.keys(checkMessages), ...Object.keys(actionMessages)];
  assert.deepEqual(
    tags.filter((tag) => !given.has(tag)),
    [],
  );
});

test("an input that should fail fails with the tag of its name", () => {
  const folder = join(import.meta.dirname, "check");
  for (const file of readdirSync(folder).filter((each) => each.endsWith(".diagnostics"))) {
    const [, wanted] = /^err\.(D_[A-Z_]+)\./.exec(file) ?? [];
    const [, given] = /\[(D_[A-Z_]+)\]/.exec(readFileSync(join(folder, file), "utf8")) ?? [];
    assert.equal(given, wanted, file);
  }
});

function check(
  text: string,
  name: string,
): {
  readonly parsed: ParseResult;
  readonly result: CheckResult;
  readonly diagnostics: readonly Diagnostic[];
  readonly context: Parameters<typeof renderFailure>[1];
} {
  const environment = fixtureEnvironment();
  const universe = createTypeUniverse(environment);
  const options = initialOptions();
  const source: SourceText = { name: `${name}.d`, kind: "file", text };
  const parsed: ParseResult = parseProgram(source, {
    arguments: [source.name],
    macros: environment.macros,
    isTypeName: (type) => isTypeName(universe, type),
    probeField: "name",
    preferProbes: false,
    defaultArguments: false,
    allowUnusedArguments: true,
    allowEmpty: true,
  });
  const result = checkWithTypes(parsed.program, { environment, options, universe });
  const diagnostics = orderDiagnostics(parsed.diagnostics, result.diagnostics);
  const { lineMarkers } = parsed.program;
  return { parsed, result, diagnostics, context: { source, lineMarkers, tags: true } };
}
