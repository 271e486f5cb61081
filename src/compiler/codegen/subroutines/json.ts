/**
 * json(): a value in a JSON text, by a path such as `a.b[2].c`. One pass over the text: only the
 * container that holds the next part of the path is looked into, all others are stepped over.
 */

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

const code = (character: string): bigint => BigInt(character.charCodeAt(0));

/** Words of the state. */
const word = {
  /** Containers that are open, and how many of them lie on the path. */
  depth: 0,
  level: 1,
  /** Where the part of the path that is looked for begins. */
  part: 2,
  mode: 3,
  /** Hexadecimal digits of an escape that are still to come. */
  digits: 4,
  /** In the container on the path: a key comes next; a key is being compared, up to here. */
  expectsKey: 5,
  compared: 6,
  /** The next value is the one wanted. */
  isWanted: 7,
  /** Of the container on the path. */
  isArray: 8,
  element: 9,
  /** Of the value that is the result: -1 before it begins; its end. */
  start: 10,
  startDepth: 11,
  end: 12,
  isWord: 13,
} as const;

const mode = { between: 0n, text: 1n, escape: 2n, primitive: 3n } as const;
const none = -1n;

export function valueInJson(firing: Firing, values: readonly CheckedExpression[]): StringOperand {
  const { emitter } = firing;
  const text = measuredArgument(firing, values, 0);
  const path = partsOfPath(firing, measuredArgument(firing, values, 1));
  const initial: Value[] = Array.from({ length: Object.keys(word).length }, () => 0n);
  for (const at of [word.start, word.end, word.compared]) initial[at] = none;
  // The text itself is what the path begins in.
  initial[word.isWanted] = 1n;
  initial[word.level] = none;
  const state = new LoopState(firing, initial);
  const name = `json_${text.offset}_${path.offset}_${text.size}_${state.place}`;
  emitLoop(firing, { name, count: emitter.add(text.length, 1n) }, (loop) =>
    new Scanner(loop, state, { text, path }).scan(),
  );
  return resultOf(firing, text, state);
}

/** The parts end with NULs, the path with two. */
function partsOfPath(firing: Firing, path: Measured): Buffer {
  const parts = allocateBuffer(firing, path.size);
  const memory = bufferMemory(firing, parts);
  firing.emitter.store(memory.base, memory.offset, 2, 0n);
  const state = new LoopState(firing, [0n]);
  const name = `json_path_${path.offset}_${parts.offset}_${path.size}_${state.place}`;
  emitLoop(firing, { name, count: path.length }, (loop) => {
    const { emitter } = loop;
    const byte = loadByte(loop, path, loop.index);
    const at = state.get(loop, 0);
    emitter.leaveWhen({ comparison: "==", left: byte, right: code("]") }, loop.next);
    const part = emitter.set(byte);
    const separate = (separator: string): void =>
      emitter.when({ comparison: "==", left: byte, right: code(separator) }, () => {
        // A bracket may begin the path.
        emitter.leaveWhen({ comparison: "==", left: at, right: 0n }, loop.next);
        emitter.copy(part, 0n);
      });
    separate(".");
    separate("[");
    storeByte(loop, parts, { at, byte: part });
    state.set(loop, 0, emitter.add(at, 1n));
    storeByte(loop, parts, { at: emitter.add(at, 1n), byte: 0n });
    storeByte(loop, parts, { at: emitter.add(at, 2n), byte: 0n });
  });
  return parts;
}

interface Texts {
  readonly text: Measured;
  readonly path: Buffer;
}

/** The code for one byte of the text. */
class Scanner {
  readonly #loop: LoopBody;
  readonly #state: LoopState;
  readonly #texts: Texts;
  readonly #byte: Virtual;

  constructor(loop: LoopBody, state: LoopState, texts: Texts) {
    this.#loop = loop;
    this.#state = state;
    this.#texts = texts;
    this.#byte = loadByte(loop, texts.text, loop.index);
  }

  scan(): void {
    const now = this.#get(word.mode);
    this.#when(now, mode.text, () => this.#inText());
    this.#when(now, mode.escape, () => this.#inEscape());
    this.#when(now, mode.primitive, () => this.#inPrimitive());
    this.#between();
  }

  #get(at: number): Virtual {
    return this.#state.get(this.#loop, at);
  }

  #set(at: number, value: Value): void {
    this.#state.set(this.#loop, at, value);
  }

  /** Runs `then` and goes on with the next byte. */
  #when(left: Virtual, right: Value, then: () => void): void {
    const { emitter, next } = this.#loop;
    emitter.when({ comparison: "==", left, right }, () => {
      then();
      emitter.jump(next);
    });
  }

  #whenByte(character: string, then: () => void): void {
    this.#when(this.#byte, code(character), then);
  }

  #stop(): void {
    this.#loop.emitter.jump(this.#loop.stop);
  }

  #inText(): void {
    this.#when(this.#byte, 0n, () => this.#stop());
    this.#whenByte("\\", () => {
      this.#set(word.mode, mode.escape);
      this.#compareKey();
    });
    this.#whenByte('"', () => {
      this.#set(word.mode, mode.between);
      this.#endKey();
      this.#endResult(this.#loop.index);
    });
    this.#compareKey();
  }

  /** As written: a key with escapes matches a path with the same. */
  #inEscape(): void {
    const { emitter } = this.#loop;
    this.#compareKey();
    const digits = this.#get(word.digits);
    emitter.when({ comparison: "!=", left: digits, right: 0n }, () => {
      this.#requireHexadecimal();
      this.#set(word.digits, emitter.add(digits, -1n));
      this.#when(digits, 1n, () => this.#set(word.mode, mode.text));
      emitter.jump(this.#loop.next);
    });
    this.#whenByte("u", () => this.#set(word.digits, 4n));
    for (const character of ['"', "\\", "/", "b", "f", "n", "r", "t"]) {
      this.#whenByte(character, () => this.#set(word.mode, mode.text));
    }
    this.#stop();
  }

  #requireHexadecimal(): void {
    const { emitter, stop } = this.#loop;
    const known = emitter.block();
    const digit = emitter.add(this.#byte, -code("0"));
    emitter.leaveWhen({ comparison: "<=", left: digit, right: 9n }, known);
    const letter = emitter.add(emitter.alu("|", this.#byte, 0x20n), -code("a"));
    emitter.leaveWhen({ comparison: ">", left: letter, right: 5n }, stop);
    emitter.place(known);
  }

  /** Numbers and the words true, false and null; anything else is no JSON. */
  #inPrimitive(): void {
    const { emitter, next, stop } = this.#loop;
    const isWord = this.#get(word.isWord);
    const digit = emitter.add(this.#byte, -code("0"));
    const letter = emitter.add(this.#byte, -code("a"));
    emitter.when({ comparison: "!=", left: isWord, right: 0n }, () =>
      emitter.leaveWhen({ comparison: "<=", left: letter, right: 25n }, next),
    );
    emitter.when({ comparison: "==", left: isWord, right: 0n }, () => {
      emitter.leaveWhen({ comparison: "<=", left: digit, right: 9n }, next);
      for (const character of ["+", "-", ".", "e", "E"]) {
        emitter.leaveWhen({ comparison: "==", left: this.#byte, right: code(character) }, next);
      }
    });
    const ends = emitter.block();
    for (const character of [",", "]", "}", " ", "\t", "\n", "\r"]) {
      emitter.leaveWhen({ comparison: "==", left: this.#byte, right: code(character) }, ends);
    }
    emitter.jump(stop);
    emitter.place(ends);
    this.#set(word.mode, mode.between);
    this.#endResult(this.#loop.index);
    this.#between();
    emitter.jump(next);
  }

  #between(): void {
    for (const blank of [" ", "\t", "\n", "\r"]) this.#whenByte(blank, () => undefined);
    this.#whenByte(":", () => undefined);
    this.#whenByte(",", () => this.#nextElement());
    this.#whenByte("{", () => this.#open(0n));
    this.#whenByte("[", () => this.#open(1n));
    this.#whenByte("}", () => this.#close());
    this.#whenByte("]", () => this.#close());
    this.#whenByte('"', () => this.#beginText());
    this.#beginPrimitive();
  }

  /** Runs `then` for what stands in the container on the path itself. */
  #onPath(then: () => void): void {
    const { emitter } = this.#loop;
    const depth = this.#get(word.depth);
    const inside = emitter.add(this.#get(word.level), 1n);
    emitter.when({ comparison: "==", left: depth, right: inside }, then);
  }

  #nextElement(): void {
    const { emitter } = this.#loop;
    this.#onPath(() => {
      this.#set(word.expectsKey, 1n);
      this.#set(word.element, emitter.add(this.#get(word.element), 1n));
      emitter.when({ comparison: "!=", left: this.#get(word.isArray), right: 0n }, () =>
        this.#wantElement(),
      );
    });
  }

  /** The element's number as the path has it: in decimal, of at most three digits. */
  #wantElement(): void {
    const { emitter } = this.#loop;
    const element = this.#get(word.element);
    const number = emitter.set(0n);
    const at = emitter.set(this.#get(word.part));
    const different = emitter.block();
    const compare = emitter.block();
    for (let place = 0; place < 4; place += 1) {
      const digit = loadByte(this.#loop, this.#texts.path, at);
      emitter.leaveWhen({ comparison: "==", left: digit, right: 0n }, compare);
      const value = emitter.add(digit, -code("0"));
      emitter.leaveWhen({ comparison: ">", left: value, right: 9n }, different);
      emitter.copy(number, emitter.add(emitter.alu("*", number, 10n), value));
      emitter.copy(at, emitter.add(at, 1n));
    }
    emitter.place(compare);
    emitter.when({ comparison: "==", left: number, right: element }, () => {
      this.#set(word.isWanted, 1n);
      this.#set(word.compared, at);
    });
    emitter.place(different);
  }

  #open(isArray: bigint): void {
    const { emitter } = this.#loop;
    const depth = this.#get(word.depth);
    const isWanted = this.#get(word.isWanted);
    emitter.when({ comparison: "!=", left: isWanted, right: 0n }, () => {
      this.#set(word.isWanted, 0n);
      const level = this.#get(word.level);
      const isText = { comparison: "==", left: level, right: none } as const;
      emitter.either(
        isText,
        () => this.#set(word.level, 0n),
        () => this.#descend(depth),
      );
      this.#set(word.isArray, isArray);
      this.#set(word.element, 0n);
      this.#set(word.expectsKey, 1n);
    });
    this.#set(word.depth, emitter.add(depth, 1n));
    this.#onPath(() =>
      emitter.when({ comparison: "!=", left: this.#get(word.isArray), right: 0n }, () =>
        emitter.when({ comparison: "==", left: this.#get(word.element), right: 0n }, () =>
          this.#wantElement(),
        ),
      ),
    );
  }

  /** The wanted value is a container: it is the result, or the rest of the path goes on in it. */
  #descend(depth: Virtual): void {
    const { emitter, index } = this.#loop;
    const end = this.#get(word.compared);
    const following = loadByte(this.#loop, this.#texts.path, emitter.add(end, 1n));
    emitter.either(
      { comparison: "==", left: following, right: 0n },
      () => {
        this.#set(word.start, index);
        this.#set(word.startDepth, depth);
        // Nothing in it lies on the path.
        this.#set(word.level, -2n);
      },
      () => {
        this.#set(word.part, emitter.add(end, 1n));
        this.#set(word.level, emitter.add(this.#get(word.level), 1n));
      },
    );
  }

  #close(): void {
    const { emitter, stop } = this.#loop;
    const depth = emitter.add(this.#get(word.depth), -1n);
    this.#set(word.depth, depth);
    const isOpen = this.#get(word.start);
    emitter.when({ comparison: "!=", left: isOpen, right: none }, () => {
      const outer = this.#get(word.startDepth);
      emitter.when({ comparison: "==", left: depth, right: outer }, () =>
        this.#endResult(emitter.add(this.#loop.index, 1n)),
      );
      emitter.jump(this.#loop.next);
    });
    // The container on the path ends without what was looked for.
    emitter.leaveWhen({ comparison: "==", left: depth, right: this.#get(word.level) }, stop);
  }

  #beginText(): void {
    const { emitter, index } = this.#loop;
    this.#set(word.mode, mode.text);
    this.#wantedScalar(emitter.add(index, 1n));
    this.#onPath(() => {
      const isArray = this.#get(word.isArray);
      emitter.when({ comparison: "==", left: isArray, right: 0n }, () => {
        const expects = this.#get(word.expectsKey);
        emitter.when({ comparison: "!=", left: expects, right: 0n }, () =>
          this.#set(word.compared, this.#get(word.part)),
        );
      });
    });
  }

  #beginPrimitive(): void {
    const { emitter, index, stop } = this.#loop;
    const digit = emitter.add(this.#byte, -code("0"));
    const begins = emitter.block();
    this.#set(word.isWord, 0n);
    emitter.leaveWhen({ comparison: "<=", left: digit, right: 9n }, begins);
    emitter.leaveWhen({ comparison: "==", left: this.#byte, right: code("-") }, begins);
    this.#set(word.isWord, 1n);
    for (const character of ["t", "f", "n"]) {
      emitter.leaveWhen({ comparison: "==", left: this.#byte, right: code(character) }, begins);
    }
    emitter.jump(stop);
    emitter.place(begins);
    this.#set(word.mode, mode.primitive);
    this.#wantedScalar(index);
  }

  /** A wanted value without parts: the result if the path ends here, and else there is none. */
  #wantedScalar(start: Value): void {
    const { emitter, stop } = this.#loop;
    emitter.when({ comparison: "!=", left: this.#get(word.isWanted), right: 0n }, () => {
      emitter.leaveWhen({ comparison: "==", left: this.#get(word.level), right: none }, stop);
      const end = this.#get(word.compared);
      const following = loadByte(this.#loop, this.#texts.path, emitter.add(end, 1n));
      emitter.leaveWhen({ comparison: "!=", left: following, right: 0n }, stop);
      this.#set(word.isWanted, 0n);
      this.#set(word.start, start);
      this.#set(word.startDepth, none);
    });
  }

  /** The next byte of a key that is the part so far. */
  #compareKey(): void {
    const { emitter } = this.#loop;
    const expects = this.#get(word.expectsKey);
    const at = this.#get(word.compared);
    const skip = emitter.block();
    emitter.leaveWhen({ comparison: "==", left: expects, right: 0n }, skip);
    emitter.leaveWhen({ comparison: "s<", left: at, right: 0n }, skip);
    const wanted = loadByte(this.#loop, this.#texts.path, at);
    const now = emitter.set(none);
    emitter.when({ comparison: "==", left: wanted, right: this.#byte }, () =>
      emitter.copy(now, emitter.add(at, 1n)),
    );
    this.#set(word.compared, now);
    emitter.place(skip);
  }

  #endKey(): void {
    const { emitter } = this.#loop;
    this.#onPath(() => {
      const expects = this.#get(word.expectsKey);
      const isArray = this.#get(word.isArray);
      emitter.when({ comparison: "!=", left: expects, right: 0n }, () =>
        emitter.when({ comparison: "==", left: isArray, right: 0n }, () => {
          this.#set(word.expectsKey, 0n);
          const at = this.#get(word.compared);
          const done = emitter.block();
          emitter.leaveWhen({ comparison: "s<", left: at, right: 0n }, done);
          const rest = loadByte(this.#loop, this.#texts.path, at);
          emitter.when({ comparison: "==", left: rest, right: 0n }, () =>
            this.#set(word.isWanted, 1n),
          );
          emitter.place(done);
        }),
      );
    });
  }

  #endResult(end: Value): void {
    const { emitter, stop } = this.#loop;
    const start = this.#get(word.start);
    const isContainer = this.#get(word.startDepth);
    const depth = this.#get(word.depth);
    const done = emitter.block();
    emitter.leaveWhen({ comparison: "==", left: start, right: none }, done);
    const isOwn = emitter.block();
    emitter.leaveWhen({ comparison: "==", left: isContainer, right: none }, isOwn);
    emitter.leaveWhen({ comparison: "!=", left: isContainer, right: depth }, done);
    emitter.place(isOwn);
    this.#set(word.end, end);
    emitter.jump(stop);
    emitter.place(done);
  }
}

function resultOf(firing: Firing, text: Measured, state: LoopState): StringOperand {
  const { emitter, scratch } = firing;
  const result = allocateBuffer(firing, text.size);
  const memory = bufferMemory(firing, result);
  const present = emitter.set(0n);
  const end = state.result(word.end);
  const start = state.result(word.start);
  emitter.when({ comparison: "!=", left: end, right: none }, () => {
    const limit = emitter.set(emitter.add(emitter.alu("-", end, start), 1n));
    emitter.when({ comparison: ">", left: limit, right: 0n }, () =>
      emitter.when({ comparison: "<=", left: limit, right: BigInt(text.size) }, () =>
        emitter.when({ comparison: "<", left: start, right: BigInt(text.size) }, () => {
          const source = emitter.add(pointerTo(emitter, bufferMemory(firing, text)), start);
          emitter.call("bpf_probe_read_kernel_str", pointerTo(emitter, memory), limit, source);
          emitter.copy(present, scratch.base);
        }),
      ),
    );
  });
  const found = { base: present, offset: result.offset };
  return { kind: "memory", memory: found, size: text.size, nullable: true, faultsAsNull: true };
}
