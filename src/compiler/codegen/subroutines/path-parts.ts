/** basename(), dirname(), cleanpath(): paths as text, whatever they lead to. */

import type { CheckedExpression } from "../../check/checked-program.ts";
import type { Value, Virtual } from "../../ir/ir.ts";
import { pointerTo } from "../copying.ts";
import type { Firing } from "../firing/firing.ts";
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
import type { StringOperand } from "../strings/operand.ts";
import { type Measured, measuredArgument } from "./search.ts";

type Arguments = readonly CheckedExpression[];

const slash = 0x2fn;
const dot = 0x2en;

/** Looks at the bytes from the last to the first. */
function backwards(
  firing: Firing,
  { text, name }: { readonly text: Measured; readonly name: string },
  body: (loop: LoopBody, at: Virtual, byte: Virtual) => void,
): void {
  const last = new LoopState(firing, [firing.emitter.add(text.length, -1n)]);
  const whole = `${name}_${text.offset}_${text.size}_${last.place}`;
  emitLoop(firing, { name: whole, count: text.length }, (loop) => {
    const at = loop.emitter.alu("-", last.get(loop, 0), loop.index);
    body(loop, at, loadByte(loop, text, at));
  });
}

/** The last component: `.` of nothing, `/` of slashes alone. */
export function baseName(firing: Firing, values: Arguments): StringOperand {
  const { emitter } = firing;
  const text = measuredArgument(firing, values, 0);
  const [start, end] = [0, 1] as const;
  const state = new LoopState(firing, [0n, 0n]);
  backwards(firing, { text, name: `base_name_${state.place}` }, (loop, at, byte) => {
    const { emitter: inner } = loop;
    const known = state.get(loop, end);
    inner.when({ comparison: "==", left: byte, right: slash }, () => {
      inner.leaveWhen({ comparison: "==", left: known, right: 0n }, loop.next);
      state.set(loop, start, inner.add(at, 1n));
      inner.jump(loop.stop);
    });
    inner.leaveWhen({ comparison: "!=", left: known, right: 0n }, loop.next);
    state.set(loop, end, inner.add(at, 1n));
  });
  const from = state.result(start);
  const length = emitter.alu("-", state.result(end), from);
  return pieceOf(firing, { text, from, length });
}

/** What is before the last component and its slashes: `/` or `.` where that is nothing. */
export function directoryName(firing: Firing, values: Arguments): StringOperand {
  const text = measuredArgument(firing, values, 0);
  const [phase, end] = [0, 1] as const;
  const [trailing, component, separator] = [0n, 1n, 2n] as const;
  const state = new LoopState(firing, [trailing, 0n]);
  backwards(firing, { text, name: `directory_name_${state.place}` }, (loop, at, byte) => {
    const { emitter: inner } = loop;
    const now = state.get(loop, phase);
    inner.when({ comparison: "==", left: byte, right: slash }, () => {
      inner.leaveWhen({ comparison: "!=", left: now, right: component }, loop.next);
      state.set(loop, phase, separator);
      inner.jump(loop.next);
    });
    inner.when({ comparison: "==", left: now, right: separator }, () => {
      state.set(loop, end, inner.add(at, 1n));
      inner.jump(loop.stop);
    });
    state.set(loop, phase, component);
  });
  return pieceOf(firing, { text, from: firing.emitter.set(0n), length: state.result(end) });
}

interface Piece {
  readonly text: Measured;
  readonly from: Virtual;
  readonly length: Virtual;
}

/** Of a path without that piece: `/` where it begins with one, else `.`. */
function pieceOf(firing: Firing, { text, from, length }: Piece): StringOperand {
  const { emitter } = firing;
  const result = allocateBuffer(firing, text.size);
  const memory = bufferMemory(firing, result);
  const source = bufferMemory(firing, text);
  const first = emitter.load(source.base, source.offset, 1);
  const otherwise = emitter.set(dot);
  emitter.when({ comparison: "==", left: first, right: slash }, () =>
    emitter.copy(otherwise, slash),
  );
  emitter.store(memory.base, memory.offset, 1, otherwise);
  emitter.store(memory.base, memory.offset + 1, 1, 0n);
  const limit = emitter.set(emitter.add(length, 1n));
  // Each bound on the register itself: older verifiers do not carry it over to another.
  emitter.when({ comparison: ">", left: limit, right: 1n }, () =>
    emitter.when({ comparison: "<=", left: limit, right: BigInt(text.size) }, () =>
      emitter.when({ comparison: "<", left: from, right: BigInt(text.size) }, () => {
        const start = emitter.add(pointerTo(emitter, source), from);
        emitter.call("bpf_probe_read_kernel_str", pointerTo(emitter, memory), limit, start);
      }),
    ),
  );
  return { kind: "memory", memory, size: text.size, nullable: false };
}

/** What was read of a component before it is known what it is. */
const seen = { nothing: 0n, slash: 1n, dot: 2n, dots: 3n, parent: 4n } as const;

/** Without empty components, `.` and `..`: by the text alone. */
export function cleanPath(firing: Firing, values: Arguments): StringOperand {
  const { emitter } = firing;
  const text = measuredArgument(firing, values, 0);
  const result = allocateBuffer(firing, text.size);
  const memory = bufferMemory(firing, result);
  emitter.store(memory.base, memory.offset, 1, 0n);
  const state = new PathState(firing, result);
  const rounds = emitter.add(emitter.alu("*", text.length, 3n), 8n);
  const name = `clean_path_${text.offset}_${result.offset}_${text.size}_${state.place}`;
  emitLoop(firing, { name, count: rounds }, (loop) => cleanByte(loop, text, state));
  return { kind: "memory", memory, size: text.size, nullable: false };
}

/** Where reading and writing stand, and what of the current component is held back. */
class PathState {
  readonly #state: LoopState;
  readonly #result: Buffer;

  constructor(firing: Firing, result: Buffer) {
    this.#state = new LoopState(firing, [0n, 0n, seen.nothing]);
    this.#result = result;
  }

  get place(): number {
    return this.#state.place;
  }

  readAt(loop: LoopBody): Virtual {
    return this.#state.get(loop, 0);
  }

  wroteUpTo(loop: LoopBody): Virtual {
    return this.#state.get(loop, 1);
  }

  seen(loop: LoopBody): Virtual {
    return this.#state.get(loop, 2);
  }

  advance(loop: LoopBody): void {
    this.#state.set(loop, 0, loop.emitter.add(this.readAt(loop), 1n));
  }

  see(loop: LoopBody, what: bigint): void {
    this.#state.set(loop, 2, what);
  }

  write(loop: LoopBody, ...bytes: readonly Value[]): void {
    for (const byte of bytes) {
      const at = this.wroteUpTo(loop);
      storeByte(loop, this.#result, { at, byte });
      this.#state.set(loop, 1, loop.emitter.add(at, 1n));
    }
  }

  /** Takes one byte back and gives it. */
  takeBack(loop: LoopBody): Virtual {
    const at = loop.emitter.add(this.wroteUpTo(loop), -1n);
    const byte = loadByte(loop, this.#result, at);
    this.#state.set(loop, 1, at);
    return byte;
  }
}

function cleanByte(loop: LoopBody, text: Measured, state: PathState): void {
  const { emitter } = loop;
  const held = state.seen(loop);
  const byte = loadByte(loop, text, state.readAt(loop));
  const whenHeld = (what: bigint, then: () => void): void =>
    emitter.when({ comparison: "==", left: held, right: what }, () => {
      then();
      emitter.jump(loop.next);
    });
  const whenByte = (what: bigint, then: () => void): void =>
    emitter.when({ comparison: "==", left: byte, right: what }, () => {
      then();
      emitter.jump(loop.next);
    });
  const see = (what: bigint): void => {
    state.advance(loop);
    state.see(loop, what);
  };
  /** The component is none of the special ones: what was held back goes with the byte. */
  const release = (...bytes: readonly bigint[]): void => {
    state.write(loop, ...bytes, byte);
    see(seen.nothing);
    emitter.leaveWhen({ comparison: "==", left: byte, right: 0n }, loop.stop);
  };

  whenHeld(seen.nothing, () => {
    whenByte(slash, () => see(seen.slash));
    release();
  });
  whenHeld(seen.slash, () => {
    whenByte(slash, () => see(seen.slash));
    whenByte(dot, () => see(seen.dot));
    release(slash);
  });
  whenHeld(seen.dot, () => {
    whenByte(slash, () => see(seen.slash));
    whenByte(dot, () => see(seen.dots));
    release(slash, dot);
  });
  whenHeld(seen.dots, () => {
    whenByte(slash, () => state.see(loop, seen.parent));
    whenByte(0n, () => state.see(loop, seen.parent));
    release(slash, dot, dot);
  });
  leaveComponent(loop, state, byte);
}

/** `..`: takes the last component back, a byte a round. */
function leaveComponent(loop: LoopBody, state: PathState, byte: Virtual): void {
  const { emitter } = loop;
  const goOn = emitter.block();
  const isEmpty = { comparison: "==", left: state.wroteUpTo(loop), right: 0n } as const;
  emitter.leaveWhen(isEmpty, goOn);
  const last = state.takeBack(loop);
  emitter.leaveWhen({ comparison: "!=", left: last, right: slash }, loop.next);
  emitter.place(goOn);
  state.see(loop, seen.nothing);
  emitter.leaveWhen({ comparison: "!=", left: byte, right: 0n }, loop.next);
  state.write(loop, slash, 0n);
  emitter.jump(loop.stop);
}
