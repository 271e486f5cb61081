/** filepath(): the path of an open file, or what /proc calls a file that lies in no directory. */

import type { CheckedExpression } from "../../check/checked-program.ts";
import type { Value, Virtual } from "../../ir/ir.ts";
import { Emitter } from "../firing/emitter.ts";
import type { Firing } from "../firing/firing.ts";
import type { StringOperand } from "../strings/operand.ts";
import { generateValue } from "../values/expression.ts";
import { argumentAt } from "./arguments.ts";
import { memberReader, type ReadMember } from "./members.ts";
import { longestName, pathFunction, textSize, textStart, writeText } from "./paths.ts";

export function filePathText(firing: Firing, values: readonly CheckedExpression[]): StringOperand {
  const file = generateValue(firing, argumentAt(values, 0));
  return writeText(firing, file, (buffer) =>
    firing.emitter.callFunction(fileFunction(firing), buffer, file),
  );
}

/** Bits of `i_mode` that tell what a file is (linux/stat.h). */
const kindMask = 0xf000n;
const socket = 0xc000n;
const pipe = 0x1000n;
/** ANON_INODE_FS_MAGIC of linux/magic.h: eventpoll, timers and their like. */
const anonymousInodes = 0x0904_1934n;

function fileFunction(firing: Firing): string {
  const { program } = firing;
  const name = "write_file_path";
  if (program.functions.has(name)) return name;
  const inner = pathFunction(firing);
  const emitter = new Emitter(name, "subprogram", 2);
  const buffer = emitter.parameter(0);
  const file = emitter.parameter(1);
  const read = memberReader(firing, emitter);
  const mount = read(file, "file", "f_path.mnt", 8);
  const entry = read(file, "file", "f_path.dentry", 8);
  const pseudo = emitter.block();
  const inDirectory = emitter.block();
  const isTop = emitter.block();
  emitter.branch(
    { comparison: "==", left: read(entry, "dentry", "d_parent", 8), right: entry },
    { whenTrue: isTop, whenFalse: inDirectory },
  );
  emitter.place(isTop);
  emitter.branch(
    { comparison: "==", left: read(mount, "vfsmount", "mnt_root", 8), right: entry },
    { whenTrue: inDirectory, whenFalse: pseudo },
  );
  emitter.place(inDirectory);
  emitter.return(emitter.callFunction(inner, buffer, mount, entry));

  emitter.place(pseudo);
  const writer: Writer = { emitter, buffer, read };
  emitter.store(buffer, textStart + textSize - 1, 1, 0n);
  emitter.store(buffer, 0, 8, BigInt(textSize - 1));
  const inode = read(file, "file", "f_inode", 8);
  const kind = emitter.alu("&", read(inode, "inode", "i_mode", 2), kindMask);
  for (const [wanted, prefix] of [
    [socket, "socket:["],
    [pipe, "pipe:["],
  ] as const) {
    emitter.when({ comparison: "==", left: kind, right: wanted }, () => {
      prependText(writer, "]");
      prependNumber(writer, read(inode, "inode", "i_ino", 8));
      prependText(writer, prefix);
      emitter.return(emitter.load(buffer, 0, 8));
    });
  }
  prependEntryName(writer, entry);
  const magic = read(read(inode, "inode", "i_sb", 8), "super_block", "s_magic", 8);
  emitter.either(
    { comparison: "==", left: magic, right: anonymousInodes },
    () => prependText(writer, "anon_inode:"),
    () => prependText(writer, "/"),
  );
  emitter.return(emitter.load(buffer, 0, 8));
  program.functions.set(name, emitter.finish());
  return name;
}

interface Writer {
  readonly emitter: Emitter;
  /** The word with the start of the text, then the text's memory. */
  readonly buffer: Virtual;
  readonly read: ReadMember;
}

/** Where `length` bytes go before what is there; nothing that is written here comes near the start. */
function makeRoom({ emitter, buffer }: Writer, length: Value): Virtual {
  const start = emitter.alu("-", emitter.load(buffer, 0, 8), length);
  emitter.whenRarely({ comparison: ">", left: start, right: BigInt(textSize - 1) }, () =>
    emitter.return(-1n),
  );
  emitter.store(buffer, 0, 8, start);
  return emitter.add(buffer, start);
}

function prependText(writer: Writer, text: string): void {
  const place = makeRoom(writer, BigInt(text.length));
  for (let at = 0; at < text.length; at += 1) {
    writer.emitter.store(place, textStart + at, 1, BigInt(text.charCodeAt(at)));
  }
}

function prependNumber(writer: Writer, number: Virtual): void {
  const { emitter } = writer;
  const rest = emitter.set(number);
  const count = emitter.set(0n);
  const loop = emitter.block();
  const done = emitter.block();
  emitter.place(loop);
  const digit = emitter.add(emitter.alu("%", rest, 10n), 0x30n);
  emitter.store(makeRoom(writer, 1n), textStart, 1, digit);
  emitter.copy(rest, emitter.alu("/", rest, 10n));
  emitter.copy(count, emitter.add(count, 1n));
  emitter.leaveWhen({ comparison: "==", left: rest, right: 0n }, done);
  emitter.branch(
    { comparison: "<", left: count, right: mostDigits },
    { whenTrue: loop, whenFalse: done },
  );
  emitter.place(done);
}

const mostDigits = 20n;

function prependEntryName(writer: Writer, entry: Virtual): void {
  const { emitter, read } = writer;
  const length = emitter.set(read(entry, "dentry", "d_name.len", 4));
  emitter.whenRarely({ comparison: ">", left: length, right: BigInt(longestName) }, () =>
    emitter.copy(length, 0n),
  );
  const text = read(entry, "dentry", "d_name.name", 8);
  const target = emitter.add(makeRoom(writer, length), BigInt(textStart));
  emitter.call("bpf_probe_read_kernel", target, length, text);
}
