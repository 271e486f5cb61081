/** The guide on arg0 to arg9: what a probe brings with it. */

import type { GuideEntry } from "../../entry.ts";

const same = (what: string): string =>
  `${what} of the probe, like [\`arg0\`](#arg0) a raw 64-bit number, and 0 where the probe has fewer.`;

/** A trace event with ten arguments: memory that each CPU has a copy of, here for a new process. */
const manyArguments = (
  statement: string,
): Pick<GuideEntry, "example" | "arguments" | "varies"> => ({
  example: `sdt:percpu::percpu_alloc_percpu
/pid == $target/
{
	${statement}
	exit(0);
}`,
  arguments: ["-q", "-c", "env true"],
  varies: true,
});

export const argumentVariables = {
  arg0: {
    text:
      "The first argument of the probe as a 64-bit signed number; [`args[0]`](#args) has its own type. " +
      "At the entry of a system call it is the call's first argument, and `arg0` is 0 where a probe has " +
      "no arguments. A pointer from a process is read with `copyin()` or `copyinstr()`, one into the " +
      "kernel is cast to its type. At the return of a system call `arg0` and `arg1` are the result, -1 " +
      "for a call that failed.",
    example: "syscall::exit_group:entry /pid == $target/ { trace(arg0); }",
    arguments: ["-q", "-c", "false"],
  },
  arg1: {
    text:
      `${same("The second argument")} \`profile\` and \`tick\` have in it where the thread was in user ` +
      "mode, and in `arg0` where it was in the kernel: one of them is 0.",
    example: `syscall::openat:entry
/pid == $target/
{
	printf("%s\\n", copyinstr(arg1));
}`,
    arguments: ["-q", "-c", "true"],
    varies: true,
  },
  arg2: {
    text: `${same("The third argument")} At the entry of \`write\` it is how many bytes are to be written.`,
    example: `syscall::write:entry
/pid == $target && arg0 == 1/
{
	printf("%d bytes: %S", arg2, stringof(copyin(arg1, arg2)));
}`,
    arguments: ["-q", "-c", "echo hello"],
  },
  arg3: {
    text: `${same("The fourth argument")} In \`ERROR\` it is DTrace's offset in the code, always -1 here.`,
    example: "BEGIN { trace(*(int *)16); } ERROR { trace(arg3); exit(0); }",
  },
  arg4: {
    text:
      `${same("The fifth argument")} In \`ERROR\` it is the [fault](diagnostics.md#faults), as the ` +
      "`DTRACEFLT_` constants name it.",
    example: `BEGIN
{
	trace(*(int *)16);
}

ERROR
/arg4 == DTRACEFLT_BADADDR/
{
	trace("bad address");
	exit(0);
}`,
  },
  arg5: {
    text:
      `${same("The sixth argument")} A system call has no more than six. In \`ERROR\` it is the address ` +
      "that could not be read.",
    example: 'BEGIN { trace(*(int *)16); } ERROR { printf("%#x", arg5); exit(0); }',
  },
  arg6: {
    text: `${same("The seventh argument")} System calls have none; that of a function is read from its stack.`,
    ...manyArguments('printf("%d bytes, %d from the start", arg3, arg6);'),
  },
  arg7: {
    text: same("The eighth argument"),
    ...manyArguments('printf("%d bytes, %p for the CPUs", arg3, arg7);'),
  },
  arg8: {
    text: same("The ninth argument"),
    ...manyArguments('printf("%d bytes for each CPU, %d in all", arg3, arg8);'),
  },
  arg9: {
    text: `${same("The tenth argument")} It is the last with a name: further ones are in [\`args[]\`](#args).`,
    ...manyArguments('printf("%d bytes, GFP flags %#x", arg3, arg9);'),
  },
} as const satisfies Readonly<Record<`arg${number}`, GuideEntry>>;
