/** The guide on actions that print and change aggregations, when their records are read. */

import type { GuideEntry } from "../../entry.ts";

const atRead = "It is done when dtrace reads the record, not when the probe fires.";

export const aggregationActions = {
  clear: {
    text:
      "Sets all values of an aggregation to 0 and keeps the keys, so that what stays 0 is still shown; " +
      `[\`trunc()\`](#trunc) takes the keys away. ${atRead}`,
    example: `BEGIN
{
	@["a"] = sum(10);
	@["b"] = sum(20);
	clear(@);
	printa("%s %@d\\n", @);
	exit(0);
}`,
  },
  denormalize: {
    text: `Takes a [\`normalize()\`](#normalize) back: the values are shown as they are. ${atRead}`,
    example: `BEGIN
{
	@["bytes"] = sum(8192);
	normalize(@, 1024);
	printa("%@d ", @);
	denormalize(@);
	printa("%@d", @);
	exit(0);
}`,
  },
  normalize: {
    text:
      "From now on shows the values of an aggregation divided by the factor, which need not be constant; " +
      "the values stay as they are. What is added later under a new key is not divided until the next " +
      `\`normalize()\`, and a factor of 0 changes nothing. ${atRead}`,
    example: `BEGIN
{
	@["read"] = sum(40960);
	@["written"] = sum(8192);
	normalize(@, 1024);
	printa("%s: %@d KB\\n", @);
	exit(0);
}`,
  },
  printa: {
    text:
      "Prints an aggregation, sorted by value; what is printed so is not printed again at the end. With a " +
      "format it is printed for every element: the conversions take the keys in their order, and `%@d` the " +
      "value. Several aggregations with the same keys are printed side by side, each by a `%@d` of its " +
      "own, sorted by the first ([`aggsortpos`](options.md#aggsortpos)) and 0 where one lacks the key. Without a " +
      "format the keys are in columns. A distribution takes lines of its own.",
    example: `BEGIN
{
	@calls["read"] = count();
	@calls["write"] = count();
	@calls["write"] = count();
	@bytes["read"] = sum(512);
	printa(@calls);
	printf("%-8s %6s %6s\\n", "", "calls", "bytes");
	printa("%-8s %@6d %@6d\\n", @calls, @bytes);
	exit(0);
}`,
  },
  trunc: {
    text:
      "Keeps the elements with the largest values, as many as the second argument says, or the smallest " +
      "where it is negative, and takes away the others with their keys: all of them without a second " +
      `argument. The memory of their keys is not free again. ${atRead}`,
    example: `BEGIN
{
	@["a"] = sum(10);
	@["b"] = sum(30);
	@["c"] = sum(20);
	trunc(@, 2);
	exit(0);
}`,
  },
} as const satisfies Readonly<Record<string, GuideEntry>>;
