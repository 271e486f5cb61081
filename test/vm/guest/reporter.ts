/** What a guest tells of its tests: a line for each, errors in full, at the end what failed. */

import { join, relative } from "node:path";
import type { TestEvent } from "node:test/reporters";
import { setTimeout as sleep } from "node:timers/promises";

/** The bundle of this file lies at its place below the folder of them all. */
const bundles = join(import.meta.dirname, "../../..");

interface Tally {
  passed: number;
  readonly failed: string[];
}

// biome-ignore lint/style/noDefaultExport: node:test takes a reporter's default export.
export default async function* report(source: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const tally: Tally = { passed: 0, failed: [] };
  for await (const event of withSilences(source)) {
    yield event ? eventText(event, tally) : "...  a test is under way\n";
  }
  yield `${tally.passed} passed, ${tally.failed.length} failed\n`;
  for (const title of tally.failed) yield `failed: ${title}\n`;
}

/** The lab takes a guest that prints nothing for a dead one. */
const silenceMs = 60_000;

/** Undefined where nothing has come for a while. */
async function* withSilences(
  source: AsyncIterable<TestEvent>,
): AsyncGenerator<TestEvent | undefined> {
  const events = source[Symbol.asyncIterator]();
  let next = events.next();
  for (;;) {
    const timer = new AbortController();
    const silence = sleep(silenceMs, undefined, timer).catch(() => undefined);
    const first = await Promise.race([next, silence]);
    timer.abort();
    if (first?.done) return;
    yield first?.value;
    if (first) next = events.next();
  }
}

function eventText(event: TestEvent, tally: Tally): string {
  switch (event.type) {
    case "test:stdout":
    case "test:stderr":
      return event.data.message;
    case "test:pass":
      if (event.data.details.type !== "suite") tally.passed += 1;
      return `ok   ${titleOf(event.data)}\n`;
    case "test:fail":
      return failureText(event.data, tally);
    default:
      return "";
  }
}

interface Finished {
  readonly name: string;
  readonly file?: string;
  readonly details: { readonly duration_ms: number };
}

function titleOf({ name, file, details }: Finished): string {
  const source = relative(bundles, file ?? "").replace(/\.mjs$/, ".ts");
  return `${(details.duration_ms / 1000).toFixed(1)} s ${source}: ${name}`;
}

function failureText(
  failure: Finished & { readonly details: { readonly error: Error } },
  tally: Tally,
): string {
  const { cause, message } = failure.details.error;
  // What holds a failed test fails with it.
  if (/subtests? failed/.test(String(cause ?? message))) return "";
  const title = titleOf(failure);
  tally.failed.push(title);
  const text = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause ?? message);
  return `FAIL ${title}\n${text.replaceAll(/^(?=.)/gm, "     ")}\n`;
}
