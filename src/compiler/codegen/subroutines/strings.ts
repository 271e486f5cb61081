/** copyinstr(), strlen(), strjoin(), lltostr(). */

import type { CheckedExpression } from "../../check/checked-program.ts";
import type { Value, Virtual } from "../../ir/ir.ts";
import { magnitude } from "../aggregations/functions.ts";
import { pointerTo } from "../copying.ts";
import { faultWhen } from "../firing/faults.ts";
import type { Firing } from "../firing/firing.ts";
import { type Memory, scratchTemporary } from "../firing/scratch.ts";
import { storeMeasured, storeString } from "../strings/materialize.ts";
import { generateString, type StringOperand } from "../strings/operand.ts";
import { generateValue } from "../values/expression.ts";
import { argumentAt } from "./arguments.ts";
import { writeUser } from "./memory.ts";

export function copyUserString(
  firing: Firing,
  values: readonly CheckedExpression[],
): StringOperand {
  const address = generateValue(firing, argumentAt(values, 0));
  const limit = values[1] && generateValue(firing, values[1]);
  const arraySize = typeof limit === "bigint" ? Number(limit) : undefined;
  return { kind: "address", space: "user", address, arraySize };
}

/** Up to and with the NUL, but no more than the third argument says. */
export function copyStringToUser(firing: Firing, values: readonly CheckedExpression[]): Value {
  const { emitter, enabling } = firing;
  const { strsize } = enabling.options;
  const memory = scratchTemporary(firing, strsize);
  const operand = generateString(firing, argumentAt(values, 0));
  const length = storeMeasured(firing, operand, { memory, size: strsize });
  const target = generateValue(firing, argumentAt(values, 1));
  const limit = emitter.inRegister(generateValue(firing, argumentAt(values, 2)));
  const size = emitter.add(limitLength(firing, length, strsize), 1n);
  emitter.when({ comparison: ">", left: size, right: limit }, () => emitter.copy(size, limit));
  writeUser(firing, { pointer: pointerTo(emitter, memory), size, target });
  return 0n;
}

export function stringLength(firing: Firing, values: readonly CheckedExpression[]): Value {
  const operand = generateString(firing, argumentAt(values, 0));
  if (operand.kind === "literal") return BigInt(operand.bytes.length);
  const size = firing.enabling.options.strsize;
  return storeMeasured(firing, operand, { memory: scratchTemporary(firing, size), size });
}

/** The second goes behind the first with room for all of it; what is too long is cut in the end. */
export function joinStrings(firing: Firing, values: readonly CheckedExpression[]): StringOperand {
  const { emitter, enabling } = firing;
  const size = enabling.options.strsize;
  const first = generateString(firing, argumentAt(values, 0));
  const second = generateString(firing, argumentAt(values, 1));
  const memory = scratchTemporary(firing, 2 * size);
  const length = limitLength(firing, storeMeasured(firing, first, { memory, size }), size);
  const end = { base: emitter.add(memory.base, length), offset: memory.offset };
  storeString(firing, second, { memory: end, size });
  emitter.store(memory.base, memory.offset + size - 1, 1, 0n);
  return { kind: "memory", memory, size, nullable: false };
}

/** What the verifier needs to see of a length that is always below `size`. */
export const limitLength = ({ emitter }: Firing, length: Value, size: number): Virtual =>
  emitter.atMost(length, BigInt(size - 1), 0n);

/** Of numbers as text: 2 to 36; anything else is a fault. */
export function baseOf(firing: Firing, expression: CheckedExpression): Value {
  const base = generateValue(firing, expression);
  const excess = firing.emitter.add(base, -2n);
  faultWhen(firing, { comparison: ">", left: excess, right: 34n }, "illegalOperation", 0n);
  return base;
}

/** `0x`, or a sign. */
const prefixRoom = 2;
/** 64 binary digits, what stands before them, a NUL. */
const longestNumber = 64 + prefixRoom + 1;

export function numberText(firing: Firing, values: readonly CheckedExpression[]): StringOperand {
  const { emitter } = firing;
  const number = generateValue(firing, argumentAt(values, 0));
  const base = values[1] ? baseOf(firing, values[1]) : 10n;
  const digits = typeof base === "bigint" && base >= 10n ? 20 : 64;
  const memory = scratchTemporary(firing, 2 * longestNumber);
  const counter = scratchTemporary(firing, 8);

  const rest = emitter.set(number);
  emitter.when({ comparison: "==", left: emitter.inRegister(base), right: 10n }, () =>
    emitter.copy(rest, magnitude(emitter, number)),
  );
  const at = emitter.set(BigInt(digits + prefixRoom));
  emitter.store(memory.base, memory.offset + digits + prefixRoom, 1, 0n);
  const loop = emitter.block();
  const done = emitter.block();
  emitter.place(loop);
  emitter.copy(at, emitter.add(at, -1n));
  const digit = emitter.alu("%", rest, base);
  emitter.copy(rest, emitter.alu("/", rest, base));
  emitter.store(
    emitter.add(memory.base, at),
    memory.offset,
    1,
    digitCharacter(firing, digit, base),
  );
  emitter.leaveWhen({ comparison: "==", left: rest, right: 0n }, done);
  emitter.branch(
    { comparison: ">", left: at, right: BigInt(prefixRoom) },
    { whenTrue: loop, whenFalse: done },
  );
  emitter.place(done);

  prependPrefix(firing, { memory, at, number, base });
  // Through memory, so that the verifier does not follow the code behind once for every length.
  emitter.store(counter.base, counter.offset, 8, at);
  const start = limitLength(
    firing,
    emitter.load(counter.base, counter.offset, 8),
    digits + prefixRoom + 1,
  );
  return {
    kind: "memory",
    memory: { base: emitter.add(memory.base, start), offset: memory.offset },
    size: longestNumber,
    nullable: false,
  };
}

interface Digits {
  readonly memory: Memory;
  /** Where the first digit stands; moves to the front. */
  readonly at: Virtual;
  readonly number: Value;
  readonly base: Value;
}

/** The sign of a decimal number, `0x` of a hexadecimal one, `0` of an octal one but zero. */
function prependPrefix({ emitter }: Firing, { memory, at, number, base }: Digits): void {
  const prepend = (character: string): void => {
    emitter.copy(at, emitter.add(at, -1n));
    const byte = BigInt(character.charCodeAt(0));
    emitter.store(emitter.add(memory.base, at), memory.offset, 1, byte);
  };
  const inBase = (wanted: bigint, then: () => void): void =>
    emitter.when({ comparison: "==", left: emitter.inRegister(base), right: wanted }, then);
  inBase(10n, () =>
    emitter.when({ comparison: "s<", left: emitter.inRegister(number), right: 0n }, () =>
      prepend("-"),
    ),
  );
  inBase(16n, () => {
    prepend("x");
    prepend("0");
  });
  inBase(8n, () =>
    emitter.when({ comparison: "!=", left: emitter.inRegister(number), right: 0n }, () =>
      prepend("0"),
    ),
  );
}

/** `0`–`9`, then `a`–`z`. */
function digitCharacter({ emitter }: Firing, digit: Virtual, base: Value): Virtual {
  const character = emitter.set(emitter.add(digit, BigInt(0x30)));
  if (typeof base === "bigint" && base <= 10n) return character;
  emitter.when({ comparison: ">", left: digit, right: 9n }, () =>
    emitter.copy(character, emitter.add(digit, BigInt(0x61 - 10))),
  );
  return character;
}
