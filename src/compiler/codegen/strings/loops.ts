/**
 * Loops over the bytes of strings. The body is a callback of bpf_loop(), which the verifier looks at
 * once and not once for every byte. What it changes is kept in scratch memory: the verifier then
 * takes it for unknown before and after, and never follows the code behind for each length.
 */

import type { BlockId, Value, Virtual } from "../../ir/ir.ts";
import { Emitter } from "../firing/emitter.ts";
import type { Firing } from "../firing/firing.ts";
import { type Memory, scratchTemporary } from "../firing/scratch.ts";

export interface LoopBody {
  readonly emitter: Emitter;
  /** The scratch slot: what was `scratch.base` outside. */
  readonly base: Virtual;
  /** From 0; the verifier knows nothing of it. */
  readonly index: Virtual;
  /** Ends the loop. */
  readonly stop: BlockId;
  /** Ends this round. */
  readonly next: BlockId;
}

/**
 * Runs `body` at most `count` times. `name` names all that the body's code depends on. The verifier
 * removes a callback that it knows to be called zero times, and then misses it where it is named
 * ("No program to jit"): such calls are not made.
 */
export function emitLoop(
  firing: Firing,
  { name, count }: { readonly name: string; readonly count: Value },
  body: (loop: LoopBody) => void,
): void {
  const { emitter, program, scratch } = firing;
  if (count === 0n) return;
  if (!program.functions.has(name)) {
    program.functions.set(name, undefined);
    program.functions.set(name, generateBody(name, body));
  }
  const context = emitter.frameAddress(emitter.temporary(8));
  emitter.store(context, 0, 8, scratch.base);
  const loop = (): void =>
    void emitter.call("bpf_loop", count, emitter.functionAddress(name), context, 0n);
  if (typeof count === "bigint") loop();
  else emitter.when({ comparison: "!=", left: count, right: 0n }, loop);
}

function generateBody(name: string, body: (loop: LoopBody) => void) {
  const emitter = new Emitter(name, "callback", 2);
  const index = emitter.parameter(0);
  const base = emitter.load(emitter.parameter(1), 0, 8);
  const stop = emitter.block();
  const next = emitter.block();
  body({ emitter, base, index, stop, next });
  emitter.place(next);
  emitter.return(0n);
  emitter.place(stop);
  emitter.return(1n);
  return emitter.finish();
}

/** Words of a loop's state, in scratch memory. */
export class LoopState {
  readonly #offset: number;
  readonly #outside: Firing;

  constructor(firing: Firing, words: readonly Value[]) {
    this.#outside = firing;
    const { base, offset } = scratchTemporary(firing, words.length * 8);
    this.#offset = offset;
    for (const [index, word] of words.entries()) {
      firing.emitter.store(base, offset + index * 8, 8, word);
    }
  }

  /** Part of a loop's name. */
  get place(): number {
    return this.#offset;
  }

  get({ emitter, base }: LoopBody, word: number): Virtual {
    return emitter.load(base, this.#offset + word * 8, 8);
  }

  set({ emitter, base }: LoopBody, word: number, value: Value): void {
    emitter.store(base, this.#offset + word * 8, 8, value);
  }

  /** Outside of the loop. */
  result(word: number): Virtual {
    const { emitter, scratch } = this.#outside;
    return emitter.load(scratch.base, this.#offset + word * 8, 8);
  }

  change(word: number, value: Value): void {
    const { emitter, scratch } = this.#outside;
    emitter.store(scratch.base, this.#offset + word * 8, 8, value);
  }
}

/** A string in scratch memory: `size` bytes, and as many again that nothing looks at. */
export interface Buffer {
  readonly offset: number;
  readonly size: number;
}

export const bufferMemory = ({ scratch }: Firing, { offset }: Buffer): Memory => ({
  base: scratch.base,
  offset,
});

/** Room for a string, from any byte of which a string of full size may be read. */
export function allocateBuffer(firing: Firing, size: number): Buffer {
  return { offset: scratchTemporary(firing, 2 * size).offset, size };
}

/** The byte at `at`; past the end the loop stops. */
export function loadByte(
  { emitter, base, stop }: LoopBody,
  { offset, size }: Buffer,
  at: Virtual,
): Virtual {
  emitter.leaveWhen({ comparison: ">", left: at, right: BigInt(size - 1) }, stop);
  return emitter.load(emitter.add(base, at), offset, 1);
}

/** Stores at `at`; past the end the loop stops. */
export function storeByte(
  { emitter, base, stop }: LoopBody,
  { offset, size }: Buffer,
  { at, byte }: { readonly at: Virtual; readonly byte: Value },
): void {
  emitter.leaveWhen({ comparison: ">", left: at, right: BigInt(size - 1) }, stop);
  emitter.store(emitter.add(base, at), offset, 1, byte);
}
