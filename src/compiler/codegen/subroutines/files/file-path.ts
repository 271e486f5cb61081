/** filepath(): the path of an open file, or what /proc calls a file that lies in no directory. */

import type { CheckedExpression } from "../../../check/checked-program.ts";
import type { Virtual } from "../../../ir/ir.ts";
import { Emitter } from "../../firing/emitter.ts";
import type { Firing } from "../../firing/firing.ts";
import type { StringOperand } from "../../strings/operand.ts";
import { generateValue } from "../../values/expression.ts";
import { argumentAt } from "../arguments.ts";
import {
  type BackwardText,
  beginText,
  generateText,
  longestPiece,
  makeRoom,
  prependNumber,
  prependText,
  startOfText,
  textStart,
} from "../backward-text.ts";
import { memberReader, type ReadMember } from "../members.ts";
import { pathFunction, pathSize } from "./paths.ts";

export function filePathText(firing: Firing, values: readonly CheckedExpression[]): StringOperand {
  const file = generateValue(firing, argumentAt(values, 0));
  return generateText(firing, {
    size: pathSize,
    subject: file,
    write: (buffer) => firing.emitter.callFunction(fileFunction(firing), buffer, file),
  });
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
  const text: BackwardText = { emitter, buffer, size: pathSize };
  beginText(text);
  const inode = read(file, "file", "f_inode", 8);
  const kind = emitter.alu("&", read(inode, "inode", "i_mode", 2), kindMask);
  for (const [wanted, prefix] of [
    [socket, "socket:["],
    [pipe, "pipe:["],
  ] as const) {
    emitter.when({ comparison: "==", left: kind, right: wanted }, () => {
      prependText(text, "]");
      prependNumber(text, read(inode, "inode", "i_ino", 8), { base: 10n, mostDigits: 20 });
      prependText(text, prefix);
      emitter.return(startOfText(text));
    });
  }
  prependEntryName(text, read, entry);
  const magic = read(read(inode, "inode", "i_sb", 8), "super_block", "s_magic", 8);
  emitter.either(
    { comparison: "==", left: magic, right: anonymousInodes },
    () => prependText(text, "anon_inode:"),
    () => prependText(text, "/"),
  );
  emitter.return(startOfText(text));
  program.functions.set(name, emitter.finish());
  return name;
}

function prependEntryName(text: BackwardText, read: ReadMember, entry: Virtual): void {
  const { emitter } = text;
  const length = emitter.atMost(read(entry, "dentry", "d_name.len", 4), BigInt(longestPiece), 0n);
  const name = read(entry, "dentry", "d_name.name", 8);
  const target = emitter.add(makeRoom(text, length), BigInt(textStart));
  emitter.call("bpf_probe_read_kernel", target, length, name);
}
