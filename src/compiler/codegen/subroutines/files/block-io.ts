/** biosize(), biofile(): what a block I/O does not tell of itself in one member. */

import type { CheckedExpression } from "../../../check/checked-program.ts";
import type { Value } from "../../../ir/ir.ts";
import { Emitter } from "../../firing/emitter.ts";
import type { Firing } from "../../firing/firing.ts";
import { structureSize } from "../../firing/kernel-structures.ts";
import { generateValue } from "../../values/expression.ts";
import { argumentAt } from "../arguments.ts";
import { memberReader } from "../members.ts";

/** The bytes of all its segments: its own count is what is left to do, 0 in the end. */
export function blockInputOutputSize(firing: Firing, values: readonly CheckedExpression[]): Value {
  const address = generateValue(firing, argumentAt(values, 0));
  return firing.emitter.callFunction(sizeFunction(firing), address);
}

/** The inode whose cached page it reads or writes; 0 where its memory is no file's. */
export function blockInputOutputFile(firing: Firing, values: readonly CheckedExpression[]): Value {
  const address = generateValue(firing, argumentAt(values, 0));
  return firing.emitter.callFunction(fileFunction(firing), address);
}

function fileFunction(firing: Firing): string {
  const { program } = firing;
  const name = "bio_file";
  if (program.functions.has(name)) return name;
  const emitter = new Emitter(name, "subprogram", 1);
  const read = memberReader(firing, emitter);
  const segment = read(emitter.parameter(0), "bio", "bi_io_vec", 8);
  const page = emitter.set(read(segment, "bio_vec", "bv_page", 8));
  // The lowest bit tells a page within a larger one: the rest is the address of its first page.
  const head = read(page, "page", "compound_head", 8);
  emitter.when({ comparison: "&", left: head, right: 1n }, () =>
    emitter.copy(page, emitter.add(head, -1n)),
  );
  const mapping = read(page, "folio", "mapping", 8);
  emitter.when({ comparison: "&", left: mapping, right: notFile }, () => emitter.return(0n));
  emitter.return(read(mapping, "address_space", "host", 8));
  program.functions.set(name, emitter.finish());
  return name;
}

/** Bits of `mapping` that say the memory is a process's own (linux/page-flags.h). */
const notFile = 3n;

/** BIO_MAX_VECS of linux/bio.h. */
const mostSegments = 256n;

function sizeFunction(firing: Firing): string {
  const { program } = firing;
  const name = "bio_size";
  if (program.functions.has(name)) return name;
  const emitter = new Emitter(name, "subprogram", 1);
  const bio = emitter.parameter(0);
  const read = memberReader(firing, emitter);
  const count = read(bio, "bio", "bi_vcnt", 2);
  const segment = emitter.set(read(bio, "bio", "bi_io_vec", 8));
  const size = emitter.set(0n);
  const index = emitter.set(0n);
  const done = emitter.block();
  const loop = emitter.block();
  emitter.place(loop);
  emitter.leaveWhen({ comparison: ">=", left: index, right: count }, done);
  emitter.copy(size, emitter.add(size, read(segment, "bio_vec", "bv_len", 4)));
  emitter.copy(segment, emitter.add(segment, BigInt(structureSize(firing, "bio_vec"))));
  emitter.copy(index, emitter.add(index, 1n));
  emitter.branch(
    { comparison: "<", left: index, right: mostSegments },
    { whenTrue: loop, whenFalse: done },
  );
  emitter.place(done);
  emitter.return(size);
  program.functions.set(name, emitter.finish());
  return name;
}
