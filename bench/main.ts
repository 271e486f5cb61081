/** `npm run bench [-- WORD…]`: measures us and our peers in one run and prints a table of ratios. */

import { aggregationRows } from "./aggregation-keys.ts";
import { costRows } from "./firing-cost.ts";
import { buildTools } from "./peers.ts";
import { stableProviderRows } from "./stable-providers.ts";
import { manyProbesRows, startUpRows } from "./start-up.ts";
import { formatTable, type Row } from "./table.ts";
import { throughputRows } from "./throughput.ts";

const suites: Record<string, () => Promise<readonly Row[]>> = {
  "start-up": startUpRows,
  "many-probes": manyProbesRows,
  "firing-cost": costRows,
  throughput: throughputRows,
  "aggregation-keys": aggregationRows,
  "stable-providers": stableProviderRows,
};

const words = process.argv.slice(2);
buildTools();
const rows: Row[] = [];
for (const [name, measure] of Object.entries(suites)) {
  if (words.length > 0 && !words.some((word) => name.includes(word))) continue;
  process.stderr.write(`${name} …\n`);
  rows.push(...(await measure()));
}
process.stdout.write(`${formatTable(rows)}\n`);
