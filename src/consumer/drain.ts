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
  readonly order: "time" | "cpu";
}

export type RecordHandler = (record: RecordView, source: RecordSource) => void;

/** Hands every record that is due to `handle`. Gives whether a busy record stopped it. */
export function drainRecords(
  heads: readonly RingHead[],
  { before, order }: DrainLimits,
  handle: RecordHandler,
): boolean {
  return order === "time" ? drainByTime(heads, before, handle) : drainByCpu(heads, before, handle);
}

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
}

function drainByCpu(heads: readonly RingHead[], before: number, handle: RecordHandler): boolean {
  let stopped = false;
  for (const head of heads) {
    head.refresh();
    takeWhile(head, before, handle);
    stopped ||= head.busy;
  }
  return stopped;
}

/**
 * One ring is read for as long as it has the oldest record of all, so that a burst on one CPU
 * costs no comparison with the others. A busy record may be older than all that follow: nothing
 * is taken past it, on any CPU.
 */
function drainByTime(heads: readonly RingHead[], before: number, handle: RecordHandler): boolean {
  for (const head of heads) head.refresh();
  for (;;) {
    const { oldest, next } = oldestOf(heads);
    if (heads.some(({ busy }) => busy)) return true;
    if (oldest === undefined || oldest.timestamp >= before) return false;
    takeWhile(oldest, Math.min(before, nextAfter(next)), handle);
  }
}

/** Equal times may go on with the same ring. */
const nextAfter = (timestamp: number): number => timestamp + 1;

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

function takeWhile(head: RingHead, before: number, handle: RecordHandler): void {
  while (head.timestamp < before) {
    handle(head.view, head.source);
    head.source.take();
    head.refresh();
  }
  head.source.release();
}
