/** The committed list of results: what every test gave, and where it fails, why. */

/** `not run` is written by hand, for what must not be started here: an update keeps it. */
export type Result = "pass" | "fail" | "not run";

export interface Entry {
  readonly result: Result;
  readonly reason: string;
}

export type Expected = ReadonlyMap<string, Entry>;

/** Reasons that the runner wrote: one by hand stays when the list is rewritten. */
const observed = "observed: ";

/** Whether it fails for what is missing here; if not, for what only Solaris or a machine has. */
export const isOpen = ({ result, reason }: Entry): boolean =>
  result === "fail" && (reason.startsWith(observed) || /\bnot there yet\b/.test(reason));

export function parseExpected(text: string): Expected {
  const entries = new Map<string, Entry>();
  for (const line of text.split("\n")) {
    if (line === "" || line.startsWith("#")) continue;
    const [name = "", result = "", reason = ""] = line.split("\t");
    if (result !== "pass" && result !== "fail" && result !== "not run") {
      throw new Error(`line without a result: ${line}`);
    }
    entries.set(name, { result, reason });
  }
  return entries;
}

const head = [
  "# What the tests of illumos' tree give here: name, result, and where it does not pass, why.",
  "# `npm run conformance -- --update DIRECTORY` rewrites it and keeps reasons written by hand.",
];

export function formatExpected(expected: Expected): string {
  const lines = [...expected]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, { result, reason }]) => [name, result, reason].join("\t").trimEnd());
  return `${[...head, ...lines].join("\n")}\n`;
}

/** The list after a run: `failures` has undefined for what passed. */
export function updated(
  expected: Expected,
  failures: ReadonlyMap<string, string | undefined>,
): Expected {
  const entries = new Map(expected);
  for (const [name, failure] of failures) {
    const before = expected.get(name);
    if (before?.result === "not run") continue;
    if (failure === undefined) entries.set(name, { result: "pass", reason: "" });
    else if (before?.result !== "fail" || before.reason.startsWith(observed)) {
      entries.set(name, { result: "fail", reason: `${observed}${failure}` });
    }
  }
  return entries;
}

/** A change for the worse: it passed, or nothing is known of it. */
export function isWorse(before: Entry | undefined, failure: string | undefined): boolean {
  return failure !== undefined && before?.result !== "fail";
}
