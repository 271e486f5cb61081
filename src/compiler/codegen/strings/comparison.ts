/** Strings compared: with literals by words, otherwise byte by byte up to the NUL. */

import { assertNever } from "../../../base/assert-never.ts";
import type { CheckedExpression, ComparisonOperator } from "../../check/checked-program.ts";
import type { Virtual } from "../../ir/ir.ts";
import { pointerTo } from "../copying.ts";
import { Emitter } from "../firing/emitter.ts";
import type { Firing } from "../firing/firing.ts";
import { type Memory, scratchTemporary } from "../firing/scratch.ts";
import { commandNameSize } from "../shapes.ts";
import { comparisonOf, type Outcomes } from "../values/condition.ts";
import { materializedSize, materializeString, storeString } from "./materialize.ts";
import { emptyForNull, generateString, type StringOperand } from "./operand.ts";
import { compareBytes, wordAt } from "./text.ts";

type Comparing = Extract<CheckedExpression, { kind: "comparison" }>;
type Literal = Extract<StringOperand, { kind: "literal" }>;

export function generateStringComparison(
  firing: Firing,
  { operator, left, right }: Comparing,
  outcomes: Outcomes,
): void {
  const one = emptyForNull(generateString(firing, left));
  const other = emptyForNull(generateString(firing, right));
  if (one.kind === "literal" && other.kind === "literal") {
    compareLiterals(firing, { operator, one, other }, outcomes);
  } else if (isEquality(operator) && other.kind === "literal") {
    compareWithLiteral(firing, { operator, one, other }, outcomes);
  } else if (isEquality(operator) && one.kind === "literal") {
    compareWithLiteral(firing, { operator, one: other, other: one }, outcomes);
  } else {
    compareByBytes(firing, { operator, one, other }, outcomes);
  }
}

const isEquality = (operator: ComparisonOperator): boolean =>
  operator === "==" || operator === "!=";

interface Compared<Other> {
  readonly operator: ComparisonOperator;
  readonly one: StringOperand;
  readonly other: Other;
}

function compareLiterals(
  { emitter }: Firing,
  { operator, one, other }: { operator: ComparisonOperator; one: Literal; other: Literal },
  { whenTrue, whenFalse }: Outcomes,
): void {
  const order = compareBytes(one.bytes, other.bytes);
  emitter.jump(holds(operator, order) ? whenTrue : whenFalse);
}

function holds(operator: ComparisonOperator, order: number): boolean {
  switch (operator) {
    case "==":
      return order === 0;
    case "!=":
      return order !== 0;
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    case ">":
      return order > 0;
    case ">=":
      return order >= 0;
    default:
      return assertNever(operator);
  }
}

/** Equal exactly when all bytes up to the literal's NUL are. */
function compareWithLiteral(
  firing: Firing,
  { operator, one, other }: Compared<Literal>,
  { whenTrue, whenFalse }: Outcomes,
): void {
  const { emitter } = firing;
  const equal = operator === "==" ? whenTrue : whenFalse;
  const different = operator === "==" ? whenFalse : whenTrue;
  const known = knownBytes(firing, one, other.bytes.length + 1);
  if (!known) {
    // The literal is longer than the other string can be.
    emitter.jump(different);
    return;
  }
  const length = other.bytes.length + 1;
  for (let at = 0; at < length; at += 8) {
    compareWord(firing, { known, bytes: other.bytes, at, different });
  }
  emitter.jump(equal);
}

interface KnownBytes {
  readonly memory: Memory;
  /** Bytes behind the NUL are zeros. */
  readonly padded: boolean;
  readonly size: number;
}

/** `length` bytes of the string, its NUL included, in memory; undefined where it is never as long. */
function knownBytes(
  firing: Firing,
  operand: StringOperand,
  length: number,
): KnownBytes | undefined {
  const { emitter, enabling } = firing;
  if (operand.kind === "command-name") {
    if (length > commandNameSize) return undefined;
    const base = emitter.frameAddress(emitter.temporary(commandNameSize));
    const memory = { base, offset: 0 };
    storeString(firing, operand, { memory, size: commandNameSize });
    return { memory, padded: true, size: commandNameSize };
  }
  if (length > enabling.options.strsize) return undefined;
  if (operand.kind === "memory" && !operand.nullable) {
    return { memory: operand.memory, padded: false, size: operand.size };
  }
  // Where the string goes on behind the literal, its next character stands in the NUL's place.
  const size = Math.min(length + 1, enabling.options.strsize);
  const memory = smallMemory(firing, size);
  storeString(firing, operand, { memory, size });
  return { memory, padded: false, size };
}

const frameLimit = 64;

function smallMemory(firing: Firing, size: number): Memory {
  if (size > frameLimit) return scratchTemporary(firing, size);
  const { emitter } = firing;
  const base = emitter.frameAddress(emitter.temporary(size));
  // Words are read whole: all bytes must have been written once.
  for (let at = 0; at < size; at += 8) emitter.store(base, at, 8, 0n);
  return { base, offset: 0 };
}

interface WordComparison {
  readonly known: KnownBytes;
  readonly bytes: Uint8Array;
  readonly at: number;
  readonly different: Outcomes["whenTrue"];
}

function compareWord({ emitter }: Firing, { known, bytes, at, different }: WordComparison): void {
  const { memory, padded } = known;
  const left = bytes.length + 1 - at;
  const meant = left >= 8 || padded ? 8 : left;
  const wanted = wordAt(bytes, at, 8);
  const size = meant <= 1 ? 1 : meant <= 2 ? 2 : meant <= 4 ? 4 : 8;
  const loaded = emitter.load(memory.base, memory.offset + at, size);
  const masked = meant === size ? loaded : emitter.alu("&", loaded, (1n << BigInt(meant * 8)) - 1n);
  const same = emitter.block();
  emitter.branch(
    { comparison: "==", left: masked, right: BigInt.asIntN(64, wanted) },
    { whenTrue: same, whenFalse: different },
  );
  emitter.place(same);
}

function compareByBytes(
  firing: Firing,
  { operator, one, other }: Compared<StringOperand>,
  outcomes: Outcomes,
): void {
  const { emitter } = firing;
  const bound = Math.min(materializedSize(firing, one), materializedSize(firing, other));
  const first = materializeString(firing, one);
  const second = materializeString(firing, other);
  const order = emitter.callFunction(
    comparisonFunction(firing, bound),
    pointerTo(emitter, first),
    pointerTo(emitter, second),
  );
  emitter.branch(
    { comparison: comparisonOf(operator, "signed"), left: order, right: 0n },
    outcomes,
  );
}

const ones = 0x0101_0101_0101_0101n;
const highBits = BigInt.asIntN(64, 0x8080_8080_8080_8080n);

/** A subprogram that gives -1, 0 or 1, eight bytes at a time; strings take whole words of memory. */
function comparisonFunction({ program }: Firing, bound: number): string {
  const name = `compare_strings_${bound}`;
  if (program.functions.has(name)) return name;
  const emitter = new Emitter(name, "subprogram", 2);
  const one = emitter.parameter(0);
  const other = emitter.parameter(1);
  const index = emitter.set(0n);
  const loop = emitter.block();
  const equal = emitter.block();
  emitter.place(loop);
  const word = emitter.load(emitter.add(one, index), 0, 8);
  const otherWord = emitter.load(emitter.add(other, index), 0, 8);
  // The lowest bit that is set stands in the first byte that is NUL; what is behind it is no text.
  const inverted = emitter.alu("^", word, -1n);
  const candidates = emitter.alu("&", emitter.alu("-", word, ones), inverted);
  const ends = emitter.alu("&", candidates, highBits);
  const text = emitter.alu("^", ends, emitter.add(ends, -1n));
  const left = emitter.alu("&", word, text);
  const right = emitter.alu("&", otherWord, text);
  emitter.when({ comparison: "!=", left, right }, () => returnOrder(emitter, left, right));
  emitter.leaveWhen({ comparison: "!=", left: ends, right: 0n }, equal);
  emitter.copy(index, emitter.add(index, 8n));
  emitter.branch(
    { comparison: "<", left: index, right: BigInt(bound) },
    { whenTrue: loop, whenFalse: equal },
  );
  emitter.place(equal);
  emitter.return(0n);
  program.functions.set(name, emitter.finish());
  return name;
}

/** The first byte counts most: it must be the highest of the word. */
function returnOrder(emitter: Emitter, left: Virtual, right: Virtual): void {
  const first = emitter.toBigEndian(left, 64);
  const second = emitter.toBigEndian(right, 64);
  emitter.when({ comparison: ">", left: first, right: second }, () => emitter.return(1n));
  emitter.return(-1n);
}
