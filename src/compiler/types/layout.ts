/** C's layout of structures and unions that a D program declares, bit-fields included (System V ABI). */

import type { CompositeType, DType, Member } from "./d-type.ts";
import { alignOf, sizeOf } from "./type-queries.ts";

export interface DeclaredMember {
  /** Undefined for an anonymous structure or union, or an unnamed bit-field. */
  readonly name: string | undefined;
  readonly type: DType;
  /** Undefined for a whole member; 0 closes the current storage unit. */
  readonly bitSize: number | undefined;
}

export function layOutMembers(
  kind: CompositeType["kind"],
  declared: readonly DeclaredMember[],
): { readonly size: number; readonly members: readonly Member[] } {
  const members: Member[] = [];
  let atBit = 0;
  let endBit = 0;
  let alignment = 1;

  for (const { name, type, bitSize } of declared) {
    const unit = bitSize === undefined ? 0 : sizeOf(type) * 8;
    const memberAlignment = alignOf(type);
    const start = kind === "union" ? 0 : placeMember({ atBit, bitSize, unit, memberAlignment });
    const width = bitSize ?? sizeOf(type) * 8;
    if (name !== undefined || bitSize === undefined) {
      members.push({ name, type, bitOffset: start, bitSize });
      alignment = Math.max(alignment, memberAlignment);
    }
    atBit = start + width;
    endBit = Math.max(endBit, atBit);
  }

  const size = roundUp(Math.ceil(endBit / 8), alignment);
  return { size, members };
}

interface Placement {
  readonly atBit: number;
  readonly bitSize: number | undefined;
  /** Bits of the bit-field's declared type. */
  readonly unit: number;
  readonly memberAlignment: number;
}

function placeMember({ atBit, bitSize, unit, memberAlignment }: Placement): number {
  if (bitSize === undefined) return roundUp(atBit, memberAlignment * 8);
  if (bitSize === 0) return roundUp(atBit, unit);
  const staysInUnit = Math.floor(atBit / unit) === Math.floor((atBit + bitSize - 1) / unit);
  return staysInUnit ? atBit : roundUp(atBit, unit);
}

const roundUp = (value: number, multiple: number): number => Math.ceil(value / multiple) * multiple;
