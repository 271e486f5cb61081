/**
 * What programs do, not how: the programs of BEGIN are loaded into the running kernel and run once
 * through BPF_PROG_RUN; the output is what they recorded, aggregated and dropped.
 */

import { compileD } from "../harness/compile-d.ts";
import { goldenSuite } from "../harness/golden.ts";
import { TracedEnabling } from "../harness/traced-enabling.ts";

goldenSuite({
  folder: "run",
  input: ".d",
  output: ".out",
  selects: () => true,
  produce(source) {
    using traced = new TracedEnabling(compileD(source));
    traced.run("BEGIN");
    // Addresses of the kernel's own differ from run to run.
    const lines = traced.records().map((line) => line.replace(/0xffff[0-9a-f]{12}/, "0xffff…"));
    for (const { id, name } of traced.enabling.aggregations) {
      for (const [key, words] of [...traced.aggregation(id)].sort())
        lines.push(`@${name}[${key}] ${wordsText(words)}`);
    }
    for (const [kind, count] of Object.entries(traced.drops())) lines.push(`drop ${kind} ${count}`);
    return `${lines.join("\n")}\n`;
  },
});

/** Buckets as `index:count`, since most are empty. */
function wordsText(words: readonly bigint[]): string {
  if (words.length <= 5) return words.join(" ");
  return words.flatMap((word, index) => (word === 0n ? [] : [`${index}:${word}`])).join(" ");
}
