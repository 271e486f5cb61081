/** The guide on variables about the current thread and its process. */

import type { GuideEntry } from "../../entry.ts";

export const processVariables = {
  curthread: {
    text:
      "The kernel's structure of the current thread; `print(*curthread)` shows all that is in it. Its " +
      "members are those of the running kernel and may be others in the next: where a variable such as " +
      "`pid` or [`curpsinfo`](#curpsinfo) has the same, a program that uses it lasts longer.",
    example: `BEGIN
{
	printf("%d %s %d", curthread->tgid == pid, stringof(curthread->comm), curthread->static_prio - 120);
	exit(0);
}`,
    varies: true,
  },
  errno: {
    text:
      "At the return of a system call the number of its error, 0 where it succeeded; the constants of " +
      "`<errno.h>` such as `ENOENT` are known. Everywhere else it is 0.",
    example: `syscall::unlinkat:return
/pid == $target/
{
	printf("%d %d", errno, errno == ENOENT);
}`,
    arguments: ["-q", "-c", "rm -f /none"],
  },
  execargs: {
    text:
      "The command line of the current process: its arguments with a blank between two, as they are in " +
      "its memory, cut to [`strsize`](options.md#strsize). Empty in a thread of the kernel. A fault " +
      "where the page they are in is not in memory.",
    example: "syscall::exit_group:entry /pid == $target/ { trace(execargs); }",
    arguments: ["-q", "-c", "test a = a"],
  },
  execname: {
    text:
      "The name of the current thread, of at most 15 characters: the file name of the program it " +
      "executes, unless the thread was given another (`prctl(PR_SET_NAME)`). `curpsinfo->pr_fname` is " +
      "the name of the process's first thread.",
    example: "syscall::exit_group:entry /pid == $target/ { trace(execname); }",
    arguments: ["-q", "-c", "/bin/true"],
  },
  gid: {
    text: "The real group id of the current process, as the initial user namespace counts.",
    example: 'syscall::exit_group:entry /pid == $target/ { printf("%d %d", uid, gid); }',
    arguments: ["-q", "-c", "true"],
  },
  pid: {
    text:
      "The id of the current process, as the initial pid namespace counts; all its threads have the " +
      "same, and [`tid`](#tid) tells them apart. `$pid` is dtrace's own, `$target` that of `-c` or `-p`.",
    example:
      'syscall::exit_group:entry /pid == $target/ { printf("%d %d", pid == $pid, pid == $target); }',
    arguments: ["-q", "-c", "true"],
  },
  ppid: {
    text: "The process id of the current process's parent.",
    example: "syscall::exit_group:entry /ppid == $pid/ { trace(execname); }",
    arguments: ["-q", "-c", "true"],
  },
  tid: {
    text:
      "The id of the current thread, what `gettid(2)` gives. In the first thread of a process it is the " +
      "same as `pid`.",
    example: "syscall::exit_group:entry /pid == $target/ { trace(tid == pid); }",
    arguments: ["-q", "-c", "true"],
  },
  uid: {
    text: "The real user id of the current process, as the initial user namespace counts.",
    example: "syscall::exit_group:entry /pid == $target/ { trace(uid); }",
    arguments: ["-q", "-c", "true"],
  },
} as const satisfies Readonly<Record<string, GuideEntry>>;
