/** Counts as bars, each as long as its share of all of them. */

import { wideCharacter } from "../printf/wide-text.ts";

export interface DistributionOptions {
  /** `aggzoom`: the longest bar fills nearly the whole width. */
  readonly zoom: boolean;
  /** `encoding`: with `utf8` bars are of block characters; undefined is as the terminal has it. */
  readonly encoding?: "ascii" | "utf8" | undefined;
}

const barWidth = 40;
/** With zoom, the highest count has 95 % of the width. DTrace multiplies: dividing rounds otherwise. */
const zoomedTotal = 1 / 0.95;

/** What a bar of the whole width would stand for. */
export function totalOf(counts: readonly bigint[], { zoom }: DistributionOptions): number {
  const sizes = counts.map((count) => Math.abs(Number(count)));
  return zoom
    ? sizes.reduce((highest, size) => Math.max(highest, size), 0) * zoomedTotal
    : sizes.reduce((sum, size) => sum + size, 0);
}

export type Bar = (count: bigint) => string;

/**
 * How a count is drawn among the others: to the right of the line, to its left where all are
 * negative, and around a line in the middle where there are both.
 */
export function barOf(
  counts: readonly bigint[],
  { encoding }: DistributionOptions,
  total: number,
): Bar {
  const positives = counts.some((count) => count > 0n);
  const negatives = counts.some((count) => count < 0n);
  const share = (count: bigint, width: number): number =>
    total === 0 ? 0 : Math.min(width, (Math.abs(Number(count)) * width) / total);
  const ats = (count: bigint, width: number): string =>
    "@".repeat(Math.floor(share(count, width) + 0.5));

  if (!negatives) {
    if (encoding === "utf8") return (count) => `|${blocks(share(count, barWidth))}`;
    return (count) => `|${ats(count, barWidth).padEnd(barWidth)}`;
  }
  if (!positives) return (count) => `${ats(count, barWidth).padStart(barWidth)}|`;

  const half = barWidth / 2;
  return (count) =>
    count <= 0n
      ? `${ats(count, half).padStart(half)}|${" ".repeat(half)}`
      : `${" ".repeat(half)}|${ats(count, half).padEnd(half)}`;
}

const fullBlock = 0x2588;
/** One eighth; each block before it in Unicode is an eighth wider. */
const narrowestBlock = 0x258f;

function blocks(length: number): string {
  const whole = Math.floor(length);
  const eighths = Math.floor((length - whole) * 8);
  const partial = eighths > 0 ? wideCharacter(narrowestBlock - (eighths - 1)) : "";
  const columns = whole + (eighths > 0 ? 1 : 0);
  return wideCharacter(fullBlock).repeat(whole) + partial + " ".repeat(barWidth - columns);
}
