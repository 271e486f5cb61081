/** Whether a page still says what its tables and examples give, save for what differs by run. */

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
