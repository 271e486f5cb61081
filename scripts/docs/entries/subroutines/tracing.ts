/** The guide on subroutines that tell of processes, chance and speculations. */

import type { GuideEntry } from "../../entry.ts";

export const tracingSubroutines = {
  progenyof: {
    text:
      "1 where the current process or one of its ancestors has this process id, else 0. At most 64 " +
      "ancestors are looked at. With `$target` a program sees what the process starts, too.",
    example: `syscall::exit_group:entry
/progenyof($target)/
{
	printf("%s ", execname);
}`,
    arguments: ["-q", "-c", "sh -c date>/dev/null;true"],
  },
  rand: {
    text:
      "A random 32-bit number, which may be negative, from the kernel's generator for such purposes. It is " +
      "not fit for secrets.",
    example: "BEGIN { trace((uint32_t)rand() % 6 + 1); exit(0); }",
    varies: true,
  },
  speculation: {
    text:
      "The number of a free speculation, for `speculate()`, `commit()` and `discard()`; 0 when none is " +
      "free, which is a [drop](diagnostics.md#drops). There are as many as [`nspec`](options.md#nspec) says.",
    example: 'BEGIN { printf("%d %d %d", speculation(), speculation(), speculation()); exit(0); }',
    arguments: ["-q", "-x", "nspec=2"],
  },
} as const satisfies Readonly<Record<string, GuideEntry>>;
