/** A thousand expressions of all widths and signs: the kernel computes what gcc's code does. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { Random } from "../fuzz/random.ts";
import { compileD } from "../harness/compile-d.ts";
import { TracedEnabling } from "../harness/traced-enabling.ts";
import {
  cast,
  cPrelude,
  type Expression,
  type IntegerType,
  integerTypes,
  randomExpression,
  type Variable,
} from "../harness/typed-expressions.ts";

const perProgram = 40;
const programs = 25;
const long: IntegerType = { name: "int64_t", bits: 64, signed: true };

interface Batch {
  readonly values: readonly (readonly [Variable, bigint])[];
  readonly expressions: readonly Expression[];
}

function batchOf(seed: number): Batch {
  const random = new Random(seed);
  const values = integerTypes.flatMap((type) =>
    ["a", "b"].map((letter): readonly [Variable, bigint] => [
      { name: `${letter}_${type.name}`, type },
      randomValue(random, type.bits, type.signed),
    ]),
  );
  const variables = values.map(([variable]) => variable);
  const expressions = Array.from({ length: perProgram }, () =>
    randomExpression(random, variables, 1 + random.below(4)),
  );
  return { values, expressions };
}

/** The ends of the range and what lies near zero come often. */
function randomValue(random: Random, bits: number, signed: boolean): bigint {
  const any = (BigInt(random.below(2 ** 32)) << 32n) | BigInt(random.below(2 ** 32));
  const chosen = random.pick([any, any, BigInt(random.below(8)) - 3n, 1n << BigInt(bits - 1), -1n]);
  return signed ? BigInt.asIntN(bits, chosen) : BigInt.asUintN(bits, chosen);
}

function computedByC(batches: readonly Batch[]): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), "expressions-"));
  try {
    const functions = batches.map(({ values, expressions }, index) => {
      const set = values.map(
        ([{ name, type }, value]) =>
          `  volatile ${type.name} ${name} = (${type.name})${value}ull;\n`,
      );
      const say = expressions
        .map((expression) => cast(long, expression))
        .map(({ c }) => `  printf("%lld\\n", (long long)${c});\n`);
      return `static void batch_${index}(void) {\n${set.join("")}${say.join("")}}\n`;
    });
    const calls = batches.map((_, index) => `  batch_${index}();\n`).join("");
    const source = `${cPrelude}${functions.join("")}int main(void) {\n${calls}}\n`;
    writeFileSync(`${folder}/expressions.c`, source);
    execFileSync("gcc", ["-O0", "-w", `${folder}/expressions.c`, "-o", `${folder}/expressions`]);
    return execFileSync(`${folder}/expressions`, { encoding: "utf8" }).trim().split("\n");
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** END is another program than BEGIN: there the values are known to nobody beforehand. */
function computedByKernel({ values, expressions }: Batch): readonly string[] {
  const declared = values.map(([{ name, type }]) => `${type.name} ${name};`).join("\n");
  const set = values.map(
    ([{ name, type }, value]) => `${name} = (${type.name})${dLiteral(value, type.bits)};`,
  );
  const traced = expressions.map(({ d }) => `trace((int64_t)(${d}));`);
  const text = `${declared}\nBEGIN { ${set.join(" ")} }\nEND { ${traced.join("\n")} }`;
  using enabling = new TracedEnabling(compileD(text));
  enabling.run("BEGIN");
  enabling.state.activity = "active";
  enabling.run("END");
  const record = enabling.records().find((line) => line.includes("END"));
  return [...(record ?? "").matchAll(/trace\((-?\d+)\)/g)].map(([, value]) => value ?? "");
}

const dLiteral = (value: bigint, bits: number): string =>
  `0x${BigInt.asUintN(bits, value).toString(16)}`;

test("a thousand expressions give what C gives under D's rules", () => {
  const batches = Array.from({ length: programs }, (_, index) => batchOf(index + 1));
  const expected = computedByC(batches);
  const actual = batches.flatMap(computedByKernel);
  assert.equal(actual.length, expected.length);
  const wrong = batches
    .flatMap(({ values, expressions }) => expressions.map(({ d }) => ({ d, values })))
    .flatMap(({ d, values }, index) =>
      actual[index] === expected[index]
        ? []
        : [`${d} is ${actual[index]}, not ${expected[index]}, where ${valuesIn(d, values)}`],
    );
  assert.deepEqual(wrong, []);
});

function valuesIn(d: string, values: Batch["values"]): string {
  return values
    .filter(([{ name }]) => d.includes(name))
    .map(([{ name }, value]) => `${name} = ${value}`)
    .join(", ");
}
