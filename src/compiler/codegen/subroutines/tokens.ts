/** strtok(): the tokens of a string, one with every call; the string is kept for the firing. */

import type { CheckedExpression } from "../../check/checked-program.ts";
import type { Virtual } from "../../ir/ir.ts";
import type { Firing } from "../firing/firing.ts";
import { scratchTemporary } from "../firing/scratch.ts";
import {
  allocateBuffer,
  type Buffer,
  bufferMemory,
  emitLoop,
  type LoopBody,
  LoopState,
  loadByte,
  storeByte,
} from "../strings/loops.ts";
import { storeString } from "../strings/materialize.ts";
import { generateString, type StringOperand } from "../strings/operand.ts";
import { argumentAt } from "./arguments.ts";
import { measuredArgument } from "./search.ts";

/** A bit for each byte there is. */
const setSize = 32;

export function nextToken(firing: Firing, values: readonly CheckedExpression[]): StringOperand {
  const { emitter, enabling, scratch } = firing;
  const { tokens } = enabling.variables;
  if (tokens === undefined) throw new Error("no place for strtok()");
  const size = enabling.options.strsize;
  const text: Buffer = { offset: tokens + 8, size };
  beginString(firing, generateString(firing, argumentAt(values, 0)), { tokens, text });

  const delimiters = byteSet(firing, values);
  const token = allocateBuffer(firing, size);
  const tokenMemory = bufferMemory(firing, token);
  emitter.store(tokenMemory.base, tokenMemory.offset, 1, 0n);
  const length = 0;
  const state = new LoopState(firing, [0n]);
  const name = `token_${text.offset}_${token.offset}_${delimiters}_${size}_${state.place}`;
  emitLoop(firing, { name, count: BigInt(size) }, (loop) => {
    const { emitter: inner, base } = loop;
    const position = inner.load(base, tokens, 8);
    inner.leaveWhen({ comparison: "==", left: position, right: 0n }, loop.stop);
    const byte = loadByte(loop, text, inner.add(position, -1n));
    const so = state.get(loop, length);
    inner.when({ comparison: "==", left: byte, right: 0n }, () => {
      // Behind the last token there is none: the next call looks no further.
      inner.when({ comparison: "==", left: so, right: 0n }, () => inner.store(base, tokens, 8, 0n));
      inner.jump(loop.stop);
    });
    const delimiter = isInSet(loop, delimiters, byte);
    inner.when({ comparison: "!=", left: delimiter, right: 0n }, () => {
      inner.leaveWhen({ comparison: "!=", left: so, right: 0n }, loop.stop);
      inner.store(base, tokens, 8, inner.add(position, 1n));
      inner.jump(loop.next);
    });
    storeByte(loop, token, { at: so, byte });
    state.set(loop, length, inner.add(so, 1n));
    inner.store(base, tokens, 8, inner.add(position, 1n));
  });
  return presentToken(firing, { token, length: state.result(length), base: scratch.base });
}

/** NULL, and all that is NULL when the clause runs, goes on with the string that is kept. */
function beginString(
  firing: Firing,
  operand: StringOperand,
  { tokens, text }: { readonly tokens: number; readonly text: Buffer },
): void {
  const { emitter, scratch } = firing;
  const begin = (): void => {
    storeString(firing, operand, { memory: bufferMemory(firing, text), size: text.size });
    emitter.store(scratch.base, tokens, 8, 1n);
  };
  if (operand.kind === "address") {
    emitter.when({ comparison: "!=", left: operand.address, right: 0n }, begin);
  } else if (operand.kind === "memory" && operand.nullable) {
    emitter.when({ comparison: "!=", left: operand.memory.base, right: 0n }, begin);
  } else {
    begin();
  }
}

/** Where the set of the second argument's bytes stands in the slot. */
function byteSet(firing: Firing, values: readonly CheckedExpression[]): number {
  const members = measuredArgument(firing, values, 1);
  const { base, offset } = scratchTemporary(firing, setSize);
  for (let at = 0; at < setSize; at += 8) firing.emitter.store(base, offset + at, 8, 0n);
  const name = `byte_set_${members.offset}_${members.size}_${offset}`;
  emitLoop(firing, { name, count: members.length }, (loop) => {
    const byte = loadByte(loop, members, loop.index);
    const { word, bit } = placeInSet(loop, byte);
    const before = loop.emitter.load(word, offset, 8);
    loop.emitter.store(word, offset, 8, loop.emitter.alu("|", before, bit));
  });
  return offset;
}

function isInSet(loop: LoopBody, offset: number, byte: Virtual): Virtual {
  const { word, bit } = placeInSet(loop, byte);
  return loop.emitter.alu("&", loop.emitter.load(word, offset, 8), bit);
}

function placeInSet({ emitter, base }: LoopBody, byte: Virtual) {
  const word = emitter.add(base, emitter.alu("&", emitter.alu(">>", byte, 3n), 0x18n));
  return { word, bit: emitter.alu("<<", emitter.set(1n), emitter.alu("&", byte, 63n)) };
}

interface Token {
  readonly token: Buffer;
  readonly length: Virtual;
  readonly base: Virtual;
}

/** NULL where no token is left. */
function presentToken(firing: Firing, { token, length, base }: Token): StringOperand {
  const { emitter } = firing;
  const present = emitter.set(0n);
  emitter.when({ comparison: "!=", left: length, right: 0n }, () =>
    emitter.when({ comparison: "<=", left: length, right: BigInt(token.size - 1) }, () => {
      emitter.store(emitter.add(base, length), token.offset, 1, 0n);
      emitter.copy(present, base);
    }),
  );
  const memory = { base: present, offset: token.offset };
  return { kind: "memory", memory, size: token.size, nullable: true, faultsAsNull: true };
}
