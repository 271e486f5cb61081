/** What a guest tells of its tests: a line for each, errors in full, at the end what failed. */

import { join, relative } from "node:path";
import type { TestEvent } from "node:test/reporters";

/** The bundle of this file lies at its place below the folder of them all. */
const bundles = join(import.meta.dirname, "../../..");

interface Tally {
  passed: number;
  readonly failed: string[];
}

// biome-ignore lint/style/noDefaultExport: node:test takes a reporter's default export.
export default async function* report(source: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const tally: Tally = { passed: 0, failed: [] };
  for await (const event of source) yield eventText(event, tally);
  yield `${tally.passed} passed, ${tally.failed.length} failed\n`;
  for (const title of tally.failed) yield `failed: ${title}\n`;
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
