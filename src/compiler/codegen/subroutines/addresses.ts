/** inet_ntoa(), inet_ntoa6(), inet_ntop(): addresses of the Internet as text. */

import type { CheckedExpression } from "../../check/checked-program.ts";
import type { Value, Virtual } from "../../ir/ir.ts";
import { Emitter } from "../firing/emitter.ts";
import { faultWhen } from "../firing/faults.ts";
import type { Firing } from "../firing/firing.ts";
import type { StringOperand } from "../strings/operand.ts";
import { generateValue } from "../values/expression.ts";
import { argumentAt } from "./arguments.ts";
import {
  type BackwardText,
  beginText,
  generateText,
  prependNumber,
  prependText,
  startOfText,
  textStart,
} from "./backward-text.ts";

/** INET6_ADDRSTRLEN, and the words of the search for zeros behind the text. */
const addressSize = 48;
const zeros = { current: textStart + 64, first: textStart + 72, length: textStart + 80 };

export function addressText(firing: Firing, values: readonly CheckedExpression[]): StringOperand {
  const address = generateValue(firing, argumentAt(values, 0));
  return generateText(firing, {
    size: addressSize,
    subject: address,
    write: (buffer) => firing.emitter.callFunction(version4(firing), buffer, address),
  });
}

/** An address that embeds one of version 4 is that one. */
export function address6Text(firing: Firing, values: readonly CheckedExpression[]): StringOperand {
  const address = generateValue(firing, argumentAt(values, 0));
  return generateText(firing, {
    size: addressSize,
    subject: address,
    write: (buffer) => firing.emitter.callFunction(version6(firing), buffer, address, 0n),
  });
}

/** AF_INET and AF_INET6; any other family is an illegal operation. */
const families = { version4: 2n, version6: 10n };

export function familyAddressText(
  firing: Firing,
  values: readonly CheckedExpression[],
): StringOperand {
  const { emitter } = firing;
  const family = generateValue(firing, argumentAt(values, 0));
  const address = generateValue(firing, argumentAt(values, 1));
  const isKnown = emitter.set(0n);
  for (const known of Object.values(families)) {
    emitter.when({ comparison: "==", left: family, right: known }, () => emitter.copy(isKnown, 1n));
  }
  faultWhen(firing, { comparison: "==", left: isKnown, right: 0n }, "illegalOperation", 0n);
  return generateText(firing, {
    size: addressSize,
    subject: address,
    write: (buffer) => {
      const start = emitter.fresh();
      emitter.either(
        { comparison: "==", left: family, right: families.version4 },
        () => emitter.copy(start, emitter.callFunction(version4(firing), buffer, address)),
        () => emitter.copy(start, emitter.callFunction(version6(firing), buffer, address, 1n)),
      );
      return start;
    },
  });
}

/** ARPHRD_ETHER and ARPHRD_INFINIBAND with what their addresses have; no other is known. */
const linkAddressSizes = [
  { type: 1n, size: 6 },
  { type: 32n, size: 20 },
] as const;

/** Two digits for each byte and what stands between them. */
const linkTextSize = 3 * 20;

export function linkAddressText(
  firing: Firing,
  values: readonly CheckedExpression[],
): StringOperand {
  const { emitter } = firing;
  const type = generateValue(firing, argumentAt(values, 0));
  const address = generateValue(firing, argumentAt(values, 1));
  const size = emitter.set(0n);
  for (const known of linkAddressSizes) {
    emitter.when({ comparison: "==", left: type, right: known.type }, () =>
      emitter.copy(size, BigInt(known.size)),
    );
  }
  faultWhen(firing, { comparison: "==", left: size, right: 0n }, "illegalOperation", 0n);
  return generateText(firing, {
    size: linkTextSize,
    subject: address,
    write: (buffer) => {
      const start = emitter.fresh();
      emitter.either(
        { comparison: "==", left: size, right: 6n },
        () => emitter.copy(start, emitter.callFunction(linkAddress(firing, 6), buffer, address)),
        () => emitter.copy(start, emitter.callFunction(linkAddress(firing, 20), buffer, address)),
      );
      return start;
    },
  });
}

function linkAddress({ program }: Firing, size: 6 | 20): string {
  const name = `write_link_address_${size}`;
  if (program.functions.has(name)) return name;
  const emitter = new Emitter(name, "subprogram", 2);
  const text: BackwardText = { emitter, buffer: emitter.parameter(0), size: linkTextSize };
  const slot = emitter.frameAddress(emitter.temporary(32));
  const address = emitter.parameter(1);
  const failed = emitter.call("bpf_probe_read_kernel", slot, BigInt(size), address);
  emitter.whenRarely({ comparison: "!=", left: failed, right: 0n }, () => emitter.return(-1n));
  beginText(text);
  for (let at = size - 1; at >= 0; at -= 1) {
    const byte = emitter.load(slot, at, 1);
    for (const digit of [emitter.alu("&", byte, 0xfn), emitter.alu(">>", byte, 4n)]) {
      prependNumber(text, digit, { base: 16n, mostDigits: 1 });
    }
    if (at > 0) prependText(text, ":");
  }
  emitter.return(startOfText(text));
  program.functions.set(name, emitter.finish());
  return name;
}

function version4({ program }: Firing): string {
  const name = "write_address";
  if (program.functions.has(name)) return name;
  const emitter = new Emitter(name, "subprogram", 2);
  const text: BackwardText = { emitter, buffer: emitter.parameter(0), size: addressSize };
  const slot = readAddress(emitter, emitter.parameter(1), 4);
  beginText(text);
  prependQuad(text, slot, 0);
  emitter.return(startOfText(text));
  program.functions.set(name, emitter.finish());
  return name;
}

/** The address on the function's frame; what cannot be read ends the function with -1. */
function readAddress(emitter: Emitter, address: Virtual, size: 4 | 16): Virtual {
  const slot = emitter.frameAddress(emitter.temporary(16));
  emitter.store(slot, 0, 8, 0n);
  emitter.store(slot, 8, 8, 0n);
  const failed = emitter.call("bpf_probe_read_kernel", slot, BigInt(size), address);
  emitter.whenRarely({ comparison: "!=", left: failed, right: 0n }, () => emitter.return(-1n));
  return slot;
}

function prependQuad(text: BackwardText, slot: Virtual, offset: number): void {
  for (const at of [3, 2, 1, 0]) {
    const part = text.emitter.load(slot, offset + at, 1);
    prependNumber(text, part, { base: 10n, mostDigits: 3 });
    if (at > 0) prependText(text, ".");
  }
}

/** Words of 16 bits in hexadecimal with one run of zeros left out (RFC 1884, 2.2). */
function version6({ program }: Firing): string {
  const name = "write_address6";
  if (program.functions.has(name)) return name;
  const emitter = new Emitter(name, "subprogram", 3);
  const text: BackwardText = { emitter, buffer: emitter.parameter(0), size: addressSize };
  const showsPrefix = emitter.set(emitter.parameter(2));
  const slot = readAddress(emitter, emitter.parameter(1), 16);
  beginText(text);
  findZeros(text, slot);
  const plain = emitter.block();
  const inner = emitter.block();
  const embedded = emitter.block();
  branchOnEmbedded(emitter, slot, { plain, embedded });

  emitter.place(embedded);
  prependQuad(text, slot, 12);
  emitter.when({ comparison: "==", left: showsPrefix, right: 0n }, () =>
    emitter.return(startOfText(text)),
  );
  emitter.jump(inner);

  emitter.place(plain);
  for (const at of [14, 12]) prependWord(text, slot, at);
  emitter.place(inner);
  for (const at of [10, 8, 6, 4, 2, 0]) prependWord(text, slot, at);
  emitter.return(startOfText(text));
  program.functions.set(name, emitter.finish());
  return name;
}

/** `::ffff:a.b.c.d`, and `::a.b.c.d` other than `::` and `::1`. */
function branchOnEmbedded(
  emitter: Emitter,
  slot: Virtual,
  { plain, embedded }: Readonly<Record<"plain" | "embedded", ReturnType<Emitter["block"]>>>,
): void {
  const high = emitter.load(slot, 0, 8);
  emitter.leaveWhen({ comparison: "!=", left: high, right: 0n }, plain);
  const low = emitter.toBigEndian(emitter.load(slot, 8, 8), 64);
  const prefix = emitter.alu(">>", low, 32n);
  emitter.leaveWhen({ comparison: "==", left: prefix, right: 0xffffn }, embedded);
  emitter.leaveWhen({ comparison: "!=", left: prefix, right: 0n }, plain);
  emitter.branch(
    { comparison: ">", left: low, right: 1n },
    { whenTrue: embedded, whenFalse: plain },
  );
}

/**
 * The run of zeros that is left out, byte by byte as dtrace_dif_subr() of DTrace's kernel does: of
 * runs of the same length one before a word below 256 wins, and a last word alone is written.
 */
function findZeros({ emitter, buffer }: BackwardText, slot: Virtual): void {
  const get = (place: number): Virtual => emitter.load(buffer, place, 8);
  const set = (place: number, value: Value): void => emitter.store(buffer, place, 8, value);
  set(zeros.current, -1n);
  set(zeros.first, -1n);
  set(zeros.length, 1n);
  for (let at = 0; at < 16; at += 1) {
    const next = emitter.block();
    const byte = emitter.load(slot, at, 1);
    const current = get(zeros.current);
    if (at % 2 === 0) {
      const goOn = emitter.block();
      emitter.leaveWhen({ comparison: "!=", left: byte, right: 0n }, goOn);
      emitter.leaveWhen({ comparison: "!=", left: current, right: -1n }, goOn);
      set(zeros.current, BigInt(at));
      emitter.jump(next);
      emitter.place(goOn);
    }
    emitter.leaveWhen({ comparison: "==", left: current, right: -1n }, next);
    if (at < 15) emitter.leaveWhen({ comparison: "==", left: byte, right: 0n }, next);
    set(zeros.current, -1n);
    const run = emitter.alu("-", BigInt(at), current);
    emitter.leaveWhen({ comparison: "<=", left: run, right: get(zeros.length) }, next);
    set(zeros.first, current);
    set(zeros.length, at % 2 === 0 ? run : emitter.add(run, -1n));
    if (at === 15) {
      emitter.when({ comparison: "==", left: byte, right: 0n }, () =>
        set(zeros.length, emitter.add(run, 1n)),
      );
    }
    emitter.place(next);
  }
}

function prependWord(text: BackwardText, slot: Virtual, at: number): void {
  const { emitter, buffer } = text;
  const next = emitter.block();
  const write = emitter.block();
  const first = emitter.load(buffer, zeros.first, 8);
  const last = emitter.add(emitter.add(first, emitter.load(buffer, zeros.length, 8)), -2n);
  emitter.when({ comparison: "==", left: last, right: BigInt(at) }, () => {
    prependText(text, "::");
    emitter.jump(next);
  });
  emitter.leaveWhen({ comparison: "s>", left: first, right: BigInt(at) }, write);
  emitter.leaveWhen({ comparison: "s>", left: last, right: BigInt(at) }, next);
  emitter.jump(write);

  emitter.place(write);
  if (at < 14) {
    emitter.when({ comparison: "!=", left: first, right: BigInt(at + 2) }, () =>
      prependText(text, ":"),
    );
  }
  const word = emitter.toBigEndian(emitter.load(slot, at, 2), 16);
  prependNumber(text, word, { base: 16n, mostDigits: 4 });
  emitter.place(next);
}
