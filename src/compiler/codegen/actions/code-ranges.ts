/** Does an address lie in one of the kernel's functions that are of interest? */

import type { CodeRange } from "../../environment.ts";
import type { Virtual } from "../../ir/ir.ts";
import type { Emitter } from "../firing/emitter.ts";
import type { Firing } from "../firing/firing.ts";

/** Up to so many ranges are found by comparing; more by looking into a table. */
const comparedRanges = 16;

export interface CodeRanges {
  /** Ascending. */
  readonly ranges: readonly CodeRange[];
  /** A map of 16 bytes for each range: its start, and how many bytes it has. */
  readonly table: string | undefined;
}

export function codeRanges(
  { enabling, program }: Firing,
  unordered: readonly CodeRange[],
): CodeRanges {
  const ranges = unordered.toSorted((left, right) => (left.start < right.start ? -1 : 1));
  if (ranges.length <= comparedRanges) return { ranges, table: undefined };
  const table = `code_${program.name}`;
  if (!enabling.maps.has(table)) {
    const words = new BigUint64Array(2 * rowsOf(ranges));
    words.set(ranges.flatMap(({ start, end }) => [start, end - start]));
    enabling.maps.add({
      name: table,
      type: "array",
      keySize: 4,
      valueSize: words.byteLength,
      maxEntries: 1,
      flags: ["read-only-program"],
      contents: new Uint8Array(words.buffer),
    });
  }
  return { ranges, table };
}

/** A power of two, so that every number of bits is a row. */
const rowsOf = (ranges: readonly CodeRange[]): number => 2 ** Math.ceil(Math.log2(ranges.length));

export function whenWithin(
  emitter: Emitter,
  address: Virtual,
  { ranges, table }: CodeRanges,
  then: () => void,
): void {
  if (table === undefined) whenCompared(emitter, address, ranges, then);
  else whenListed(emitter, address, { ranges, table }, then);
}

/** Halves the ranges until one is left. */
function whenCompared(
  emitter: Emitter,
  address: Virtual,
  ranges: readonly CodeRange[],
  then: () => void,
): void {
  const middle = ranges.length >> 1;
  const [first] = ranges;
  const upper = ranges[middle];
  if (first === undefined || upper === undefined) return;
  if (ranges.length === 1) {
    const offset = emitter.alu("-", address, emitter.set(first.start));
    emitter.when({ comparison: "<", left: offset, right: first.end - first.start }, then);
    return;
  }
  emitter.either(
    { comparison: "<", left: address, right: emitter.set(upper.start) },
    () => whenCompared(emitter, address, ranges.slice(0, middle), then),
    () => whenCompared(emitter, address, ranges.slice(middle), then),
  );
}

/**
 * The last row that starts at or before the address, bit after bit. There is no branch, which the
 * verifier would follow for each row: the sign of a difference makes the bit. Rows behind the last
 * range start at 0, which is far above the kernel's addresses if these are taken as signed.
 */
function whenListed(
  emitter: Emitter,
  address: Virtual,
  { ranges, table }: CodeRanges & { readonly table: string },
  then: () => void,
): void {
  const rowBytes = 16n;
  const base = emitter.mapValue(table, 0);
  const offset = emitter.set(0n);
  for (let half = BigInt(rowsOf(ranges)) / 2n; half >= 1n; half /= 2n) {
    const further = emitter.add(offset, half * rowBytes);
    const start = emitter.load(emitter.add(base, further), 0, 8);
    const isBefore = emitter.alu("s>>", emitter.alu("-", address, start), 63n);
    const step = emitter.alu("&", emitter.alu("^", isBefore, -1n), half * rowBytes);
    emitter.copy(offset, emitter.add(offset, step));
  }
  const row = emitter.add(base, offset);
  const within = emitter.alu("-", address, emitter.load(row, 0, 8));
  emitter.when({ comparison: "<", left: within, right: emitter.load(row, 8, 8) }, then);
}
