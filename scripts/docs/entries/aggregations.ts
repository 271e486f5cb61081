/** What the guide says of the aggregating functions. */

import type { AggregatingFunctionName } from "../../../src/compiler/check/identifiers/functions.ts";
import type { GuideEntry } from "../entry.ts";

export const aggregationEntries: Readonly<Record<AggregatingFunctionName, GuideEntry>> = {
  avg: {
    text:
      "The mean of the values: their sum, of 64 bits, divided by their number and rounded towards 0. It " +
      "is sorted by that mean.",
    example: 'BEGIN { @["mean"] = avg(3); @["mean"] = avg(4); @["mean"] = avg(8); exit(0); }',
  },
  count: {
    text: "How often it was reached. It has no argument.",
    example: `syscall::openat:entry,
syscall::openat:return
/pid == $target/
{
	@[probename] = count();
}`,
    arguments: ["-q", "-c", "true"],
    varies: true,
  },
  llquantize: {
    text:
      "A distribution whose rows are fine in every magnitude: `llquantize(value, factor, low, high, steps)` " +
      "has for each power of the factor from `low` to `high` so many rows of equal width. The constants are " +
      "the same at every use; `steps` is the factor's multiple and divides one of its powers. What is " +
      "below or above has a row of its own. A sixth argument is the weight, as for " +
      "[`quantize()`](#quantize).",
    example: `BEGIN
{
	@ = llquantize(7, 10, 0, 1, 10);
	@ = llquantize(12, 10, 0, 1, 10);
	@ = llquantize(18, 10, 0, 1, 10);
	@ = llquantize(35, 10, 0, 1, 10);
	@ = llquantize(4000, 10, 0, 1, 10);
	exit(0);
}`,
  },
  lquantize: {
    text:
      "A distribution in rows of equal width: `lquantize(value, low, high, step)`, with a row each for what " +
      "is below `low` and from `high` on. The step is 1 where it is left out; the three are integer " +
      "constants, the same at every use, and make 65,535 rows at most. A fifth argument is the weight, as " +
      "for [`quantize()`](#quantize). A row is named by its smallest value.",
    example: `BEGIN
{
	@ = lquantize(3, 0, 100, 20);
	@ = lquantize(25, 0, 100, 20);
	@ = lquantize(39, 0, 100, 20);
	@ = lquantize(-1, 0, 100, 20);
	@ = lquantize(250, 0, 100, 20);
	exit(0);
}`,
  },
  max: {
    text: "The largest of the values, which are compared as signed numbers of 64 bits.",
    example: 'BEGIN { @["largest"] = max(-5); @["largest"] = max(12); exit(0); }',
  },
  min: {
    text: "The smallest of the values, which are compared as signed numbers of 64 bits.",
    example: 'BEGIN { @["smallest"] = min(-5); @["smallest"] = min(12); exit(0); }',
  },
  quantize: {
    text:
      "A distribution in powers of two: each value counts in the row of the largest power that it reaches, " +
      "negative values in mirrored rows, and 0 in its own. Rows from one before the first that has " +
      "something to one after the last are shown. A second argument is by how much the row grows, 1 without " +
      "it; it may be negative.",
    example: `BEGIN
{
	@["latency"] = quantize(3);
	@["latency"] = quantize(9);
	@["latency"] = quantize(15);
	@["latency"] = quantize(40, 2);
	exit(0);
}`,
  },
  stddev: {
    text:
      "The standard deviation of the values, rounded down. Their squares are added up in 128 bits: the " +
      "values themselves may be large.",
    example: 'BEGIN { @["deviation"] = stddev(10); @["deviation"] = stddev(20); exit(0); }',
  },
  sum: {
    text: "The sum of the values as a signed number of 64 bits. What is larger is cut to these.",
    example: `syscall::write:entry
/pid == $target/
{
	@["bytes written"] = sum(arg2);
}`,
    arguments: ["-q", "-c", "echo hello"],
  },
};
