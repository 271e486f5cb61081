/** d_path(), dentrypath(): where files lie. */

import type { CheckedExpression } from "../../../check/checked-program.ts";
import type { BlockId, Value, Virtual } from "../../../ir/ir.ts";
import { Emitter } from "../../firing/emitter.ts";
import type { Firing } from "../../firing/firing.ts";
import { kernelOffset, structureOffset } from "../../firing/kernel-structures.ts";
import type { StringOperand } from "../../strings/operand.ts";
import { generateValue } from "../../values/expression.ts";
import { readKernel } from "../../values/location.ts";
import { argumentAt } from "../arguments.ts";
import { generateText, longestPiece, textStart } from "../backward-text.ts";
import { memberReader, type ReadMember } from "../members.ts";

/** The path of a `struct path`. */
export function pathText(firing: Firing, values: readonly CheckedExpression[]): StringOperand {
  const path = generateValue(firing, argumentAt(values, 0));
  const member = (name: string): Value =>
    readKernel(
      firing,
      { kind: "address", address: path, offset: structureOffset(firing, "path", name) },
      8,
    );
  const mount = member("mnt");
  return writePath(firing, mount, member("dentry"));
}

/** The path of a directory entry under a mount. */
export function entryPathText(firing: Firing, values: readonly CheckedExpression[]): StringOperand {
  const mount = generateValue(firing, argumentAt(values, 0));
  return writePath(firing, mount, generateValue(firing, argumentAt(values, 1)));
}

/** The NUL included. */
export const pathSize = 1024;
/** Deeper entries are not followed to the root. */
const deepest = 64n;

function writePath(firing: Firing, mount: Value, entry: Value): StringOperand {
  return generateText(firing, {
    size: pathSize,
    subject: entry,
    write: (buffer) => firing.emitter.callFunction(pathFunction(firing), buffer, mount, entry),
  });
}

/**
 * As d_path() of the kernel (`prepend_path`, fs/d_path.c): through mount points up to the root of
 * the current process. Gives where the text starts, or -1.
 */
export function pathFunction(firing: Firing): string {
  const { program } = firing;
  const name = "write_path";
  if (program.functions.has(name)) return name;
  const emitter = new Emitter(name, "subprogram", 3);
  const buffer = emitter.parameter(0);
  const walk: Walk = {
    firing,
    emitter,
    read: memberReader(firing, emitter),
    buffer,
    mount: emitter.set(emitter.parameter(1)),
    entry: emitter.set(emitter.parameter(2)),
    done: emitter.block(),
  };
  const { mount, entry, done } = walk;
  emitter.when({ comparison: "==", left: entry, right: 0n }, () => emitter.return(-1n));
  emitter.store(buffer, textStart + pathSize - 1, 1, 0n);
  emitter.store(buffer, 0, 8, BigInt(pathSize - 1));
  const root = rootOf(walk);
  const level = emitter.set(0n);
  const loop = emitter.block();
  emitter.place(loop);
  emitter.when({ comparison: "==", left: entry, right: root.entry }, () =>
    emitter.leaveWhen({ comparison: "==", left: mount, right: root.mount }, done),
  );
  const top = walk.read(mount, "vfsmount", "mnt_root", 8);
  emitter.either(
    { comparison: "==", left: entry, right: top },
    () => leaveMount(walk),
    () => prependName(walk),
  );
  emitter.copy(level, emitter.add(level, 1n));
  emitter.branch(
    { comparison: "<", left: level, right: deepest },
    { whenTrue: loop, whenFalse: done },
  );
  emitter.place(done);
  finishPath(walk);
  program.functions.set(name, emitter.finish());
  return name;
}

interface Walk {
  readonly firing: Firing;
  readonly emitter: Emitter;
  readonly read: ReadMember;
  readonly buffer: Virtual;
  /** `struct vfsmount`, which lies within a `struct mount`. */
  readonly mount: Virtual;
  readonly entry: Virtual;
  readonly done: BlockId;
}

function rootOf({ firing, emitter, read }: Walk): { readonly mount: Value; readonly entry: Value } {
  const task = emitter.call("bpf_get_current_task");
  const place = emitter.add(task, BigInt(kernelOffset(firing, "fs")));
  const files = read(place, undefined, "", 8);
  return {
    mount: read(files, "fs_struct", "root.mnt", 8),
    entry: read(files, "fs_struct", "root.dentry", 8),
  };
}

/** To where the file system is mounted; that of the whole tree is its own parent. */
function leaveMount({ firing, emitter, read, mount, entry, done }: Walk): void {
  const inner = BigInt(structureOffset(firing, "mount", "mnt"));
  const outer = emitter.alu("-", mount, inner);
  const parent = read(outer, "mount", "mnt_parent", 8);
  emitter.leaveWhen({ comparison: "==", left: parent, right: outer }, done);
  emitter.leaveWhen({ comparison: "==", left: parent, right: 0n }, done);
  emitter.copy(entry, read(outer, "mount", "mnt_mountpoint", 8));
  emitter.copy(mount, emitter.add(parent, inner));
}

function prependName({ emitter, read, buffer, entry, done }: Walk): void {
  const parent = read(entry, "dentry", "d_parent", 8);
  emitter.leaveWhen({ comparison: "==", left: parent, right: entry }, done);
  const length = read(entry, "dentry", "d_name.len", 4);
  emitter.leaveWhen({ comparison: ">", left: length, right: BigInt(longestPiece) }, done);
  const text = read(entry, "dentry", "d_name.name", 8);
  const start = emitter.alu("-", emitter.load(buffer, 0, 8), length);
  // Below the first byte there is no room: seen as a large number.
  emitter.leaveWhen({ comparison: ">", left: start, right: BigInt(pathSize - 1) }, done);
  const target = emitter.add(emitter.add(buffer, start), BigInt(textStart));
  emitter.call("bpf_probe_read_kernel", target, length, text);
  emitter.store(buffer, 0, 8, start);
  emitter.copy(entry, parent);
  prependSlash(emitter, buffer, done);
}

function prependSlash(emitter: Emitter, buffer: Virtual, done: BlockId): void {
  const before = emitter.add(emitter.load(buffer, 0, 8), -1n);
  emitter.leaveWhen({ comparison: ">", left: before, right: BigInt(pathSize - 1) }, done);
  emitter.store(emitter.add(buffer, before), textStart, 1, slash);
  emitter.store(buffer, 0, 8, before);
}

const slash = 0x2fn;

/** The root itself has no name. */
function finishPath({ emitter, buffer }: Walk): void {
  const start = emitter.load(buffer, 0, 8);
  emitter.when({ comparison: "!=", left: start, right: BigInt(pathSize - 1) }, () =>
    emitter.return(start),
  );
  emitter.store(buffer, textStart + pathSize - 2, 1, slash);
  emitter.return(BigInt(pathSize - 2));
}
