/** The stack frame: the function's own slots from the top down, then the spilled registers. */

import type { FrameSlot } from "../ir.ts";

/** The kernel's MAX_BPF_STACK: what one call chain may use (include/linux/filter.h). */
export const frameLimit = 512;

export interface FrameLayout {
  /** Offsets from r10, by slot. */
  readonly slotOffsets: readonly number[];
  /** Bytes in use. */
  readonly size: number;
}

export function layOutFrame(slotSizes: readonly number[]): FrameLayout {
  let size = 0;
  const slotOffsets = slotSizes.map((slotSize) => {
    size += Math.ceil(slotSize / 8) * 8;
    return -size;
  });
  return { slotOffsets, size };
}

export function slotOffset(frame: FrameLayout, slot: FrameSlot): number {
  const offset = frame.slotOffsets[slot];
  if (offset === undefined) throw new Error(`no frame slot ${slot}`);
  return offset;
}
