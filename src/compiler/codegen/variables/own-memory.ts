/** Stores through pointers: allowed only into memory that is D's own. */

import type { Virtual } from "../../ir/ir.ts";
import { mapNames } from "../../runtime-layout.ts";
import { raiseFault } from "../firing/faults.ts";
import type { Firing } from "../firing/firing.ts";
import { launder, type Memory, markScratchUsed, scratchHeaderSize } from "../firing/scratch.ts";
import { addressOf, type Location } from "../values/location.ts";

/** Bytes that a pointer of D may point to. */
interface Range {
  /** The verifier's pointer; 0 where `nullable` and there is nothing yet. */
  readonly base: Virtual;
  readonly nullable: boolean;
  readonly start: number;
  readonly size: number;
}

/** `size` bytes at a D pointer as memory the verifier knows; elsewhere it is a fault. */
export function ownMemory(firing: Firing, location: Location, size: number): Memory {
  const { emitter } = firing;
  markScratchUsed(firing);
  const address = emitter.set(addressOf(firing, location));
  const target = emitter.set(firing.scratch.base);
  const found = emitter.block();
  for (const range of ownRanges(firing)) {
    if (range.size < size) continue;
    const look = (): void => {
      const start = launder(firing, { base: range.base, offset: range.start });
      const offset = emitter.alu("-", address, start);
      const last = BigInt(range.size - size);
      emitter.when({ comparison: "<=", left: offset, right: last }, () => {
        emitter.copy(target, emitter.add(range.base, emitter.add(offset, BigInt(range.start))));
        emitter.jump(found);
      });
    };
    if (range.nullable) emitter.when({ comparison: "!=", left: range.base, right: 0n }, look);
    else look();
  }
  raiseFault(firing, "badAddress", address);
  emitter.place(found);
  return { base: target, offset: 0 };
}

/** Clause variables and what alloca() gives, global variables, the thread's variables. */
function* ownRanges({ emitter, scratch, thread, enabling }: Firing): Iterable<Range> {
  const { globalRange, threadSize } = enabling.variables;
  yield {
    base: scratch.base,
    nullable: false,
    start: scratchHeaderSize,
    size: scratch.dynamicStart + scratch.dynamicSize - scratchHeaderSize,
  };
  if (globalRange.size > 0) {
    const base = emitter.mapValue(mapNames.state, globalRange.start);
    yield { base, nullable: false, start: 0, size: globalRange.size };
  }
  const lookup = thread.lookups.at(-1);
  if (threadSize > 0 && lookup) {
    lookup.used = true;
    yield { base: thread.base, nullable: true, start: 0, size: threadSize };
  }
}
