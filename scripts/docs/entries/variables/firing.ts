/** The guide on variables about the firing: its probe, its time, its place in the code. */

import type { GuideEntry } from "../../entry.ts";

const probePart = (part: string): string =>
  `The ${part} of the probe that fires, as \`dtrace -l\` lists it, also where the program's description ` +
  "has a pattern.";

export const firingVariables = {
  caller: {
    text:
      "The address in the kernel from which the code that holds the probe was called. `%a` in a format " +
      "shows its name, and so do `sym()`, `func()` and `mod()`. 0 where there is no such caller.",
    example: 'syscall::exit_group:entry /pid == $target/ { printf("%a", caller); }',
    arguments: ["-q", "-c", "true"],
    varies: true,
  },
  cpu: {
    text:
      "The number of the CPU on which the probe fires, as Linux counts them, from 0. A thread may move " +
      "to another between two firings.",
    example: "BEGIN { trace(cpu == curcpu->cpu_id); exit(0); }",
  },
  epid: {
    text:
      "The number of the clause among those that the program has enabled, from 1: with `id` it tells " +
      "which clause recorded something. A clause for several probes has one for each. It is `arg1` of " +
      "`ERROR`.",
    example: 'BEGIN { printf("%d ", epid); } BEGIN { printf("%d", epid); exit(0); }',
  },
  id: {
    text:
      "The number of the probe, the `ID` of `dtrace -l`. It stays the same while the same kernel runs; " +
      "`BEGIN`, `END` and `ERROR` are 1, 2 and 3.",
    example: 'BEGIN { printf("%d ", id); exit(0); } END { printf("%d", id); }',
  },
  ipl: {
    text: "The processor's interrupt priority level: always 0, because Linux has none.",
    example: "BEGIN { trace(ipl); exit(0); }",
  },
  probefunc: {
    text: `${probePart("function")} For \`syscall\` it is the name of the system call.`,
    example: "syscall::exit*:entry /pid == $target/ { trace(probefunc); }",
    arguments: ["-q", "-c", "true"],
  },
  probemod: {
    text: `${probePart("module")} For \`syscall\` it tells how the call was made.`,
    example: "syscall::exit_group:entry /pid == $target/ { trace(probemod); }",
    arguments: ["-q", "-c", "true"],
  },
  probename: {
    text: `${probePart("name")} It tells entry from return where one clause serves both.`,
    example: `syscall::close:
/pid == $target/
{
	@[probefunc, probename] = count();
}`,
    arguments: ["-q", "-c", "true"],
    varies: true,
  },
  probeprov: {
    text: probePart("provider"),
    example:
      'BEGIN, tick-10ms { printf("%s:::%s ", probeprov, probename); } tick-10ms { exit(0); }',
  },
  stackdepth: {
    text:
      "How many frames `stack()` would show if it were asked for all; 127 is the most that the kernel " +
      "follows (`kernel.perf_event_max_stack`).",
    example: "syscall::exit_group:entry /pid == $target/ { trace(stackdepth); }",
    arguments: ["-q", "-c", "true"],
    varies: true,
  },
  timestamp: {
    text:
      "Nanoseconds since some moment in the past, for differences: it never goes back, and stands still " +
      "while the machine sleeps (`CLOCK_MONOTONIC`). All clauses of one firing see the same value.",
    example: `syscall::clock_nanosleep:entry
/pid == $target/
{
	self->start = timestamp;
}

syscall::clock_nanosleep:return
/self->start/
{
	printf("%d ms", (timestamp - self->start) / 1000000);
}`,
    arguments: ["-q", "-c", "sleep 0.02"],
    varies: true,
  },
  ucaller: {
    text:
      "The address in the process from which the function was called that is on top of `ustack()`. `%A` " +
      "in a format shows its name, and so do `usym()`, `ufunc()` and `umod()`. It needs frame pointers, " +
      "as [`ustack()`](actions.md#ustack) does; 0 where the caller is not known.",
    example: 'syscall::write:entry /pid == $target/ { printf("%d", ucaller != 0); }',
    arguments: ["-q", "-c", "echo hello"],
    varies: true,
  },
  ustackdepth: {
    text:
      "How many frames `ustack()` would show if it were asked for all, at most 127; 0 in a thread of the " +
      "kernel.",
    example: "syscall::exit_group:entry /pid == $target/ { trace(ustackdepth); }",
    arguments: ["-q", "-c", "true"],
    varies: true,
  },
  vtimestamp: {
    text:
      "Nanoseconds that the current thread has run on a CPU: of the difference of two, what it slept or " +
      "waited for a CPU is left out. Interrupts may count with it until the thread is switched, and it " +
      "stands still in a thread that has not been switched since tracing began.",
    example: `syscall::clock_nanosleep:entry
/pid == $target/
{
	self->start = timestamp;
	self->vstart = vtimestamp;
}

syscall::clock_nanosleep:return
/self->start/
{
	printf("%d us passed, ", (timestamp - self->start) / 1000);
	printf("%d us on a CPU", (vtimestamp - self->vstart) / 1000);
}`,
    arguments: ["-q", "-c", "sleep 0.02"],
    varies: true,
  },
  walltimestamp: {
    text:
      "Nanoseconds since 1970-01-01 00:00 UTC. `%Y` and `%T` in a format show it as a date in the local " +
      "time zone. Use [`timestamp`](#timestamp) for differences: this clock can be set.",
    example: 'BEGIN { printf("%Y", walltimestamp); exit(0); }',
    varies: true,
  },
} as const satisfies Readonly<Record<string, GuideEntry>>;
