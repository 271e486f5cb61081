/** copyinstr(), strlen(), strjoin(), lltostr(). */

import type { CheckedExpression } from "../../check/checked-program.ts";
import type { Value, Virtual } from "../../ir/ir.ts";
import { magnitude } from "../aggregations/functions.ts";
import type { Firing } from "../firing/firing.ts";
import { scratchTemporary } from "../firing/scratch.ts";
import { storeMeasured, storeString } from "../strings/materialize.ts";
import { generateString, type StringOperand } from "../strings/operand.ts";
import { generateValue } from "../values/expression.ts";
import { argumentAt } from "./arguments.ts";

export function copyUserString(
  firing: Firing,
  values: readonly CheckedExpression[],
): StringOperand {
  const address = generateValue(firing, argumentAt(values, 0));
  const limit = values[1] && generateValue(firing, values[1]);
  const arraySize = typeof limit === "bigint" ? Number(limit) : undefined;
  return { kind: "address", space: "user", address, arraySize };
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
export function limitLength({ emitter }: Firing, length: Value, size: number): Virtual {
  const limited = emitter.set(length);
  emitter.whenRarely({ comparison: ">", left: limited, right: BigInt(size - 1) }, () =>
    emitter.copy(limited, 0n),
  );
  return limited;
}

/** 64 binary digits, a sign, a NUL. */
const longestNumber = 66;

export function numberText(firing: Firing, values: readonly CheckedExpression[]): StringOperand {
  const { emitter } = firing;
  const number = generateValue(firing, argumentAt(values, 0));
  const base = values[1] ? generateValue(firing, values[1]) : 10n;
  const digits = typeof base === "bigint" && base >= 10n ? 20 : longestNumber - 2;
  const memory = scratchTemporary(firing, 2 * longestNumber);
  const counter = scratchTemporary(firing, 8);

  const rest = emitter.set(base === 10n ? magnitude(emitter, number) : number);
  const at = emitter.set(BigInt(digits + 1));
  emitter.store(memory.base, memory.offset + digits + 1, 1, 0n);
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
  emitter.branch({ comparison: ">", left: at, right: 1n }, { whenTrue: loop, whenFalse: done });
  emitter.place(done);

  if (base === 10n) {
    emitter.when({ comparison: "s<", left: number, right: 0n }, () => {
      emitter.copy(at, emitter.add(at, -1n));
      emitter.store(emitter.add(memory.base, at), memory.offset, 1, BigInt(0x2d));
    });
  }
  // Through memory, so that the verifier does not follow the code behind once for every length.
  emitter.store(counter.base, counter.offset, 8, at);
  const start = limitLength(firing, emitter.load(counter.base, counter.offset, 8), digits + 2);
  return {
    kind: "memory",
    memory: { base: emitter.add(memory.base, start), offset: memory.offset },
    size: longestNumber,
    nullable: false,
  };
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
