/** Probes on statistics of the kernel: `arg0` is the increment, 1 where nothing else is said. */

import type { DrawnProbe, Way } from "./drawn-provider.ts";

export const statistic = (name: string, ...ways: readonly Way[]): DrawnProbe => ({
  name,
  arguments: [{ type: "int64_t" }],
  ways: ways.map((way) => ({ values: ["1"], ...way })),
});
