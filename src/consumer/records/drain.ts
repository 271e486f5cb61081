/**
 * Takes records from the rings of all CPUs: merged in time order, or CPU by CPU. It knows no
 * record's meaning and no kernel object: a ring is what `RecordSource` says.
 */

import type { RecordView } from "./record-view.ts";

/** The unread records of one CPU, oldest first. */
export interface RecordSource {
  readonly cpu: number;
  /**
   * Moves `view` to the oldest unread record, without taking it. `busy`: a program is still
   * writing it.
   */
  peek(view: RecordView): "record" | "busy" | "empty";
  /** Steps over the record last peeked at. */
  take(): void;
  /** Gives the room of all taken records back to the kernel. */
  release(): void;
  /** The EPID of the record after the oldest; 0 where there is none complete. */
  followingEpid(): number;
}

export interface DrainLimits {
  /** Only records older than this are taken, in the unit of `RecordView.timestamp`. */
  readonly before: number;
  /** At most so many records are taken, so that a caller can look up in between. */
  readonly most: number;
  readonly order: "time" | "cpu";
  /** Called before the records of another CPU, where they are not merged. */
  readonly onCpu: () => void;
}

/** Why a drain ended: nothing more is due, a record is still being written, or `most` is reached. */
export type DrainEnd = "empty" | "busy" | "more";

export type RecordHandler = (record: RecordView, source: RecordSource) => void;

/** A ring with a view on its oldest unread record. */
export class RingHead {
  readonly source: RecordSource;
  readonly view: RecordView;
  /** Of the oldest record; infinite where there is none. */
  timestamp = Number.POSITIVE_INFINITY;
  busy = false;

  constructor(source: RecordSource, view: RecordView) {
    this.source = source;
    this.view = view;
    view.cpu = source.cpu;
  }

  refresh(): void {
    const found = this.source.peek(this.view);
    this.busy = found === "busy";
    this.timestamp = found === "record" ? this.view.timestamp : Number.POSITIVE_INFINITY;
  }

  /** Takes records older than `before`, at most `most`; gives how many. */
  takeRecords(before: number, most: number, handle: RecordHandler): number {
    let taken = 0;
    while (this.timestamp < before && taken < most) {
      handle(this.view, this.source);
      this.source.take();
      taken += 1;
      this.refresh();
    }
    this.source.release();
    return taken;
  }
}

/** Hands the records that are due to `handle`. */
export function drainRecords(
  heads: readonly RingHead[],
  limits: DrainLimits,
  handle: RecordHandler,
): DrainEnd {
  for (const head of heads) head.refresh();
  return limits.order === "time"
    ? drainByTime(heads, limits, handle)
    : drainByCpu(heads, limits, handle);
}

function drainByCpu(
  heads: readonly RingHead[],
  { before, most, onCpu }: DrainLimits,
  handle: RecordHandler,
): DrainEnd {
  let left = most;
  for (const head of heads) {
    if (head.timestamp < before) onCpu();
    left -= head.takeRecords(before, left, handle);
    if (left === 0) return "more";
  }
  return heads.some(({ busy }) => busy) ? "busy" : "empty";
}

/**
 * One ring is read for as long as it has the oldest record of all, so that a burst on one CPU
 * costs no comparison with the others. A busy record may be older than all that follow: nothing
 * is taken past it, on any CPU.
 */
function drainByTime(
  heads: readonly RingHead[],
  { before, most }: DrainLimits,
  handle: RecordHandler,
): DrainEnd {
  for (let left = most; left > 0; ) {
    if (heads.some(({ busy }) => busy)) return "busy";
    const { oldest, next } = oldestOf(heads);
    if (oldest === undefined || oldest.timestamp >= before) return "empty";
    // Equal times may go on with the same ring.
    left -= oldest.takeRecords(Math.min(before, next + 1), left, handle);
  }
  return "more";
}

function oldestOf(heads: readonly RingHead[]): {
  readonly oldest: RingHead | undefined;
  /** The time of the oldest record of any other ring. */
  readonly next: number;
} {
  let oldest: RingHead | undefined;
  let next = Number.POSITIVE_INFINITY;
  for (const head of heads) {
    if (oldest === undefined || head.timestamp < oldest.timestamp) {
      next = oldest?.timestamp ?? Number.POSITIVE_INFINITY;
      oldest = head;
    } else if (head.timestamp < next) {
      next = head.timestamp;
    }
  }
  return { oldest, next };
}
