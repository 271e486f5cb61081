/** Whatever the text, the parser ends, throws nothing and speaks of places inside the text. */

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type ParseResult, parseProgram } from "./parse-program.ts";
import { printExpression } from "./print/print-ast.ts";
import type { ParseOptions } from "./source-text.ts";

const options: ParseOptions = {
  arguments: ["script", "7", "two words"],
  macros: new Map([["target", "42"]]),
  isTypeName: (name) => name.endsWith("_t"),
  probeField: "name",
  preferProbes: false,
  defaultArguments: false,
  allowUnusedArguments: true,
  allowEmpty: true,
};

function parse(text: string): ParseResult {
  return parseProgram({ name: "script", kind: "file", text }, options);
}

const words = fc.constantFrom(
  ..."( ) [ ] { } ; , . -> = == + - * / % & && | || ^ ^^ < > << >> ! ~ ? : ++ -- += ...".split(" "),
  ..."struct union enum int char unsigned typedef extern self this const inline if else".split(" "),
  ..."translator provider probe sizeof offsetof stringof xlate while string void static".split(" "),
  ..."BEGIN syscall::read:entry tick-1s a b foo_t x`y `z @ @agg $1 $$2 $target $none".split(" "),
  ..."0 1 0x1f 08 1.5 10ull 99999999999999999999 'a' '' \"text\" \"open 'open".split(" "),
  ..."/* */ // #pragma #line".split(" "),
  "\n",
  "\n#pragma D option quiet\n",
  '\n# 5 "file.h" 1\n',
  "\n#!line\n",
  "\\\n",
  "\0",
  "é😀",
);

const soup = fc.oneof(
  { weight: 3, arbitrary: fc.array(words, { maxLength: 60 }).map((list) => list.join(" ")) },
  { weight: 1, arbitrary: fc.array(words, { maxLength: 60 }).map((list) => list.join("")) },
  { weight: 1, arbitrary: fc.string({ maxLength: 80, unit: "binary" }) },
);

test("any text is parsed, with spans inside it", () => {
  fc.assert(
    fc.property(soup, (text) => {
      const { program, diagnostics } = parse(text);
      for (const { start, end } of spansOf([program, diagnostics])) {
        assert.ok(0 <= start && start <= end && end <= text.length, `${start}-${end}`);
      }
    }),
    { seed: 20250101, numRuns: 3000 },
  );
});

function* spansOf(value: unknown): Generator<{ readonly start: number; readonly end: number }> {
  if (typeof value !== "object" || value === null) return;
  if ("start" in value && "end" in value) {
    yield { start: Number(value.start), end: Number(value.end) };
    return;
  }
  for (const part of Object.values(value)) yield* spansOf(part);
}

/** An expression as text with only the parentheses it needs, and with all of them. */
interface TwoWays {
  readonly level: number;
  readonly bare: string;
  readonly full: string;
}

const levels = ["|| ", "^^", "&&", "|", "^", "&", "== !=", "< <= > >=", "<< >>", "+ -", "* / %"];
const operators = levels.flatMap((level, index) =>
  level
    .trim()
    .split(" ")
    .map((operator) => ({ operator, level: index })),
);
const primary = 100;
const unary = 50;

const { expression } = fc.letrec<{ expression: TwoWays }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 6 },
    fc.constantFrom("a", "b->c", "d[1]", "f(x)", "self->y", "0x1f", '"s"').map((text) => ({
      level: primary,
      bare: text,
      full: text,
    })),
    fc.tuple(fc.constantFrom("-", "~", "!", "*"), tie("expression")).map(([operator, operand]) => ({
      level: unary,
      bare: `${operator} ${within(operand, unary)}`,
      full: `${operator} (${operand.full})`,
    })),
    fc
      .tuple(fc.constantFrom(...operators), tie("expression"), tie("expression"))
      .map(([{ operator, level }, left, right]) => ({
        level,
        bare: `${within(left, level)} ${operator} ${within(right, level + 1)}`,
        full: `(${left.full}) ${operator} (${right.full})`,
      })),
  ),
}));

function within({ level, bare }: TwoWays, least: number): string {
  return level < least ? `(${bare})` : bare;
}

test("precedence puts parentheses where they belong", () => {
  fc.assert(
    fc.property(expression, ({ bare, full }) => {
      assert.equal(treeOf(bare), treeOf(full));
    }),
    { seed: 20250102, numRuns: 1000 },
  );
});

/** The tree of one expression, without spans. */
function treeOf(text: string): string {
  const { program, diagnostics } = parse(`BEGIN { x = ${text}; }`);
  assert.deepEqual(diagnostics, [], text);
  const [clause] = program.items;
  assert.ok(clause?.kind === "clause");
  const [statement] = clause.statements;
  assert.ok(statement?.kind === "expression-statement");
  return printExpression(statement.expression)
    .replace(/@\d+-\d+/g, "")
    .replace(/\s+/g, " ");
}

test("ten thousand clauses and long chains are parsed", () => {
  const clause = "syscall::read:entry /pid == 1/ { @[execname] = count(); }\n";
  assert.equal(parse(clause.repeat(10_000)).program.items.length, 10_000);
  assert.equal(parse("int a;\n".repeat(10_000)).diagnostics.length, 0);

  const members = `BEGIN { x = ${"a.".repeat(200_000)}b; }`;
  assert.equal(parse(members).diagnostics[0]?.tag, "D_NEST_DEPTH");
});

const deep = [
  ["parentheses", `BEGIN { x = ${"(".repeat(100_000)}`],
  ["signs", `BEGIN { x = ${"- ".repeat(100_000)}`],
  ["casts", `BEGIN { x = ${"(int)".repeat(100_000)}`],
  ["conditions", `BEGIN { x = ${"a ? b : ".repeat(100_000)}`],
  ["assignments", `BEGIN { ${"a = ".repeat(100_000)}`],
  ["indexes", `BEGIN { ${"a[".repeat(100_000)}`],
  ["blocks", `BEGIN { ${"if (a) {".repeat(100_000)}`],
  ["branches", `BEGIN { ${"if (a) b; else ".repeat(100_000)}`],
  ["structures", "struct { ".repeat(100_000)],
  ["declarators", `int ${"(*".repeat(100_000)}`],
  ["parameters", `extern int f${"(int ".repeat(100_000)}`],
  ["stars", `int ${"*".repeat(100_000)}a;`],
  ["sizes", `BEGIN { ${"sizeof ".repeat(100_000)}`],
  ["strings", `BEGIN { ${"stringof ".repeat(100_000)}`],
  ["increments", `BEGIN { ${"++ ".repeat(100_000)}`],
] as const;

for (const [name, text] of deep) {
  test(`${name} nest to a limit`, () => {
    assert.ok(parse(text).diagnostics.some(({ tag }) => tag === "D_NEST_DEPTH"));
  });
}
