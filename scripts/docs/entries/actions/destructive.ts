/** The guide on actions that change more than the trace. */

import type { GuideEntry } from "../../entry.ts";

export const destructiveActions = {
  breakpoint: {
    text: "Would enter the kernel's debugger. It is refused: the kernel lets no tracing program do so.",
    example: "BEGIN { breakpoint(); }",
    arguments: ["-qw"],
    destructive: true,
  },
  chill: {
    text:
      "Makes the thread wait on its CPU for so many nanoseconds, to see what a slower place does to the " +
      "rest. More than 500 ms in a second of a CPU is an illegal operation.",
    example: `syscall::exit_group:entry
/pid == $target/
{
	chill(20000000);
}`,
    arguments: ["-qw", "-c", "true"],
    destructive: true,
  },
  freopen: {
    text:
      "From now on output goes to this file, whose name is made as by `printf()`; what was in it stays. " +
      "An empty name gives the first output back. It is done when dtrace reads the record.",
    example: `BEGIN
{
	freopen("trace.%d", 1);
	printf("in the file");
	freopen("");
	printf("on standard output");
	exit(0);
}`,
    arguments: ["-qw"],
    destructive: true,
  },
  panic: {
    text: "Would stop the system. It is refused: the kernel lets no tracing program do so.",
    example: "BEGIN { panic(); }",
    arguments: ["-qw"],
    destructive: true,
  },
  raise: {
    text:
      "Sends a signal to the current process, which gets it when it next returns from the kernel. In " +
      "`BEGIN` and `END` that is dtrace itself.",
    example: `syscall::read:entry
/pid == $target/
{
	raise(SIGTERM);
}`,
    arguments: ["-w", "-c", "cat /dev/zero"],
    destructive: true,
  },
  stop: {
    text:
      "Stops the current process by `SIGSTOP` when it next returns from the kernel, so that a debugger can look " +
      "at it. `kill -CONT`, also by `system()`, has it go on.",
    example: `syscall::read:entry
/pid == $target/
{
	stop();
	printf("%s is stopped", execname);
	system("kill -CONT %d", pid);
	exit(0);
}`,
    arguments: ["-qw", "-c", "cat /dev/null"],
    destructive: true,
  },
  system: {
    text:
      "Has a shell execute a command, which is made as by `printf()`, and waits for it. It is done " +
      "when dtrace reads the record, later than the probe fires; its output comes in its place among dtrace's. " +
      "A string from the traced system may have in it what the shell takes for commands.",
    example: 'BEGIN { system("echo %s %d", "one", 2); exit(0); }',
    arguments: ["-qw"],
    destructive: true,
  },
} as const satisfies Readonly<Record<string, GuideEntry>>;
