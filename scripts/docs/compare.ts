/** Whether a page still says what its tables and examples give, save for what differs by run. */

import type { Example } from "./entry.ts";
import type { Page } from "./pages.ts";
import { runExample } from "./run-example.ts";

/** Stands for what an example prints that differs from run to run. */
const anything = "\u0000";

export interface Difference {
  readonly wanted: string;
  /** What stands in the page at that place. */
  readonly found: string;
}

/** The first piece of the page that is not what is made now; undefined where all is. */
export async function firstDifference(
  page: string,
  { make }: Page,
): Promise<Difference | undefined> {
  const made = await make((example) =>
    example.varies ? Promise.resolve(anything) : runExample(example),
  );
  let at = 0;
  for (const [index, wanted] of made.split(anything).entries()) {
    const place = index === 0 && !page.startsWith(wanted) ? -1 : page.indexOf(wanted, at);
    if (place < 0) return { wanted, found: page.slice(at, at + wanted.length) };
    at = place + wanted.length;
  }
  return at === page.length ? undefined : { wanted: "", found: page.slice(at) };
}

export interface Shown {
  readonly example: Example;
  /** What the page says that it prints. */
  readonly output: string;
}

/** The examples of a page whose output differs from run to run; none where the page is another. */
export async function varyingExamples(page: string, { make }: Page): Promise<readonly Shown[]> {
  const examples: Example[] = [];
  const made = await make((example) => {
    examples.push(example);
    return Promise.resolve(anything);
  });
  let at = 0;
  const ends = made.split(anything).map((piece) => {
    const start = page.indexOf(piece, at);
    at = start + piece.length;
    return { start, end: at };
  });
  if (ends.some(({ start }) => start < 0)) return [];
  return examples
    .map((example, index) => {
      const output = page.slice(ends[index]?.end, ends[index + 1]?.start);
      return { example, output };
    })
    .filter(({ example }) => example.varies);
}

/** The kinds of lines in an output: without numbers, bars and widths of columns. */
export function shapeOf(output: string): ReadonlySet<string> {
  const lines = output.split("\n").map((line) =>
    line
      .replace(/\|@* +/, "| ")
      .replaceAll(/0x[0-9a-f]+|\d+/g, "N")
      .replaceAll(/\s+/g, " ")
      .trim(),
  );
  return new Set(lines.filter((line) => line !== ""));
}
