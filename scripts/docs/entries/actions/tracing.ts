/** The guide on actions that steer tracing: its end, its output, speculations. */

import type { GuideEntry } from "../../entry.ts";

export const tracingActions = {
  commit: {
    text:
      "Keeps what was recorded under this number of [`speculation()`](subroutines.md#speculation): it is " +
      "shown with all else, and the speculation is free again. 0 does nothing; a number that no " +
      "speculation can have is an illegal operation. It stands before any recording action of its clause.",
    example: `syscall::unlinkat:entry
/pid == $target/
{
	self->attempt = speculation();
	speculate(self->attempt);
	printf("unlink %s\\n", copyinstr(arg1));
}

syscall::unlinkat:return
/self->attempt && errno != 0/
{
	commit(self->attempt);
	self->attempt = 0;
}

syscall::unlinkat:return
/self->attempt/
{
	discard(self->attempt);
	self->attempt = 0;
}`,
    arguments: ["-q", "-x", "nspec=4", "-c", "rm -f missing there"],
    files: { there: "" },
  },
  discard: {
    text:
      "Drops what was recorded under this number of [`speculation()`](subroutines.md#speculation), and the " +
      "speculation is free again. 0 does nothing; a number that no speculation can have is an illegal " +
      "operation.",
    example: `BEGIN
{
	self->guess = speculation();
}

BEGIN
{
	speculate(self->guess);
	printf("this is dropped");
}

BEGIN
{
	discard(self->guess);
	printf("this is not");
	exit(0);
}`,
  },
  exit: {
    text:
      "Ends tracing with this exit status of dtrace: the clause goes on to its end, no other probe fires " +
      "but `END`, and aggregations are printed. The first `exit()` counts; one in `END` has the last word.",
    example: 'BEGIN { printf("ends "); exit(0); printf("soon"); } END { printf(" now"); }',
  },
  ftruncate: {
    text:
      "Empties the file that output goes to, by `-o` or `freopen()`, and goes on at its start. Where output is " +
      "no file it does nothing.",
    example: `BEGIN
{
	printf("no longer needed");
	ftruncate();
	printf("only this stays");
	exit(0);
}`,
    arguments: ["-q", "-o", "trace"],
  },
  setopt: {
    text:
      "Sets an option as `-x` would: its name is a literal string, its value any string; a flag needs none. " +
      "Some options can be set while the program runs, as [the list](options.md) tells; for others there is " +
      "an error message. It is done when dtrace reads the record.",
    example: `BEGIN
{
	@["a"] = sum(1);
	@["b"] = sum(2);
	setopt("aggsortrev");
	exit(0);
}`,
  },
  speculate: {
    text:
      "Sends what the rest of the clause records into the speculation of this number, where it waits for " +
      "`commit()` or `discard()`; for 0 it is dropped. It comes before any recording action, and no " +
      "aggregation, `exit()` or destructive action may follow. More than " +
      "[`specsize`](options.md#specsize) is a [drop](diagnostics.md#drops).",
    example: `BEGIN
{
	self->later = speculation();
}

BEGIN
{
	speculate(self->later);
	printf("world\\n");
}

BEGIN
{
	printf("hello ");
}

BEGIN
{
	commit(self->later);
}

BEGIN
{
	exit(0);
}`,
  },
} as const satisfies Readonly<Record<string, GuideEntry>>;
