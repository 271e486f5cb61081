/** The options that say in which order aggregations are printed. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { runDtrace } from "../harness/run-dtrace.ts";

const program = `
BEGIN
{
	@a[2, "x"] = sum(5);
	@a[1, "z"] = sum(5);
	@a[3, "y"] = sum(1);
	@a[0, "y"] = sum(7);
	@b[2, "x"] = sum(1);
	@b[1, "z"] = sum(1);
	@b[3, "y"] = sum(9);
	@b[0, "y"] = sum(3);
	printa("%d %s %@d %@d\\n", @a, @b);
	exit(0);
}

END
{
	@left[1] = sum(1);
	@left[2] = sum(1);
	@last = sum(1);
}
`;

/** What is printed at the end, of equal values. */
const ascending = `
        1                1
        2                1
                1
`;
const descending = `
                1
        2                1
        1                1
`;

interface Order {
  readonly title: string;
  readonly options: readonly string[];
  /** What printa() prints. */
  readonly lines: readonly string[];
  readonly left: string;
}

const orders: readonly Order[] = [
  {
    title: "aggsortkey: the first key counts first.",
    options: ["aggsortkey"],
    lines: ["0 y 7 3", "1 z 5 1", "2 x 5 1", "3 y 1 9"],
    left: ascending,
  },
  {
    title: "aggsortkeypos: the second key counts first, then the first.",
    options: ["aggsortkey", "aggsortkeypos=1"],
    lines: ["2 x 5 1", "0 y 7 3", "3 y 1 9", "1 z 5 1"],
    left: ascending,
  },
  {
    title: "aggsortkeypos: where there is no such key, the first.",
    options: ["aggsortkey", "aggsortkeypos=2"],
    lines: ["0 y 7 3", "1 z 5 1", "2 x 5 1", "3 y 1 9"],
    left: ascending,
  },
  {
    title: "aggsortpos: the second aggregation of a printa() gives the order.",
    options: ["aggsortpos=1"],
    lines: ["1 z 5 1", "2 x 5 1", "0 y 7 3", "3 y 1 9"],
    left: ascending,
  },
  {
    title: "aggsortpos: where there is no such aggregation, the first.",
    options: ["aggsortpos=2"],
    lines: ["3 y 1 9", "1 z 5 1", "2 x 5 1", "0 y 7 3"],
    left: ascending,
  },
  {
    title: "aggsortrev: every key of an order by keys is turned round.",
    options: ["aggsortrev", "aggsortkey", "aggsortkeypos=1"],
    lines: ["1 z 5 1", "3 y 1 9", "0 y 7 3", "2 x 5 1"],
    left: descending,
  },
  {
    title: "aggsortrev: also among equals, and the aggregations that are left at the end.",
    options: ["aggsortrev"],
    lines: ["0 y 7 3", "2 x 5 1", "1 z 5 1", "3 y 1 9"],
    left: descending,
  },
];

for (const { title, options, lines, left } of orders) {
  test(title, async () => {
    const words = options.flatMap((option) => ["-x", option]);
    const { status, stdout, stderr } = await runDtrace(["-q", ...words, "-n", program]);
    assert.deepEqual({ status, stderr }, { status: 0, stderr: "" });
    assert.equal(stdout, [...lines, left].join("\n"));
  });
}
