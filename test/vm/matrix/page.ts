/** docs/kernels.md: the rows of the matrix with what the guests found. */

import { fileURLToPath } from "node:url";
import { kernels } from "../kernels.ts";
import { type Cell, readResults } from "./results.ts";
import { featureRows, providerRows, type Row } from "./rows.ts";

export const pagePath: string = fileURLToPath(new URL("../../../docs/kernels.md", import.meta.url));

const head = `# What works on which kernel

Found by enabling each of them in a guest that runs Debian's kernel, and seeing it fire
(\`npm run test:vm -- --matrix\`). The processors are emulated: they have no counters of their own.
A cell names what carries the probe, or says what the kernel or the command answered.
`;

export function makePage(): string {
  const results = kernels.map(({ name }) => readResults(name));
  const table = (rows: readonly Row[], textOf: (cell: Cell, row: Row) => string): string =>
    [
      `| | ${kernels.map(({ name }) => name).join(" | ")} |`,
      `|---|${kernels.map(() => "---|").join("")}`,
      ...rows.map((row) => {
        const cells = results.map((found) => {
          const cell = found?.get(row.name);
          return cell === undefined ? "not run" : textOf(cell, row).replaceAll("|", "\\|");
        });
        return `| ${row.name} | ${cells.join(" | ")} |`;
      }),
      "",
    ].join("\n");
  return [
    head,
    "## Providers\n",
    table(providerRows, carrierText),
    "## Features\n",
    table(featureRows, ({ works, how }) => (works ? "yes" : refusal(how))),
  ].join("\n");
}

const refusal = (how: string): string => `no: ${how.split("\n")[0]}`;

/** What a mechanism of fbt is called in results. */
const carriers = { fentry: /^f(entry|exit)$/, multi: /^kprobe\.multi$/, kprobe: /^perf kprobe$/ };

/** Where the kernel lacks the mechanism that was asked for, another takes its place. */
function carrierText({ works, how }: Cell, { mechanism }: Row): string {
  if (!works) return refusal(how);
  return mechanism === undefined || carriers[mechanism].test(how) ? how : refusal(`${how} instead`);
}
