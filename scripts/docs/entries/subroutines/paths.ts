/** The guide on subroutines for paths and open files. */

import type { GuideEntry } from "../../entry.ts";

const quietTrue = ["-q", "-c", "/bin/true"] as const;

export const pathSubroutines = {
  basename: {
    text:
      "The last part of a path, without the slashes behind it; `.` of an empty string, `/` of slashes " +
      "alone. It looks at the text only, as `basename(1)` does.",
    example: 'BEGIN { printf("%s %s", basename("/usr/lib/libc.so"), basename("/usr/")); exit(0); }',
  },
  cleanpath: {
    text:
      "The path without empty parts, `.` and `..`. It looks at the text only: a `..` behind a symbolic " +
      "link may lead elsewhere.",
    example: 'BEGIN { trace(cleanpath("/usr//lib/../share/./man")); exit(0); }',
  },
  d_path: {
    text:
      "The path that a `struct path` of the kernel stands for, seen from the root folder of the current " +
      "process, as `/proc` shows it. At most 64 folders deep and 1,023 bytes long, and cut to `strsize`.",
    example: `syscall::exit_group:entry
/pid == $target/
{
	trace(d_path(&curthread->fs->pwd));
}`,
    arguments: ["-q", "-c", "env -C /usr true"],
  },
  dentrypath: {
    text:
      "The path of a directory entry of the kernel under a mount, like `d_path()` of the two; without a " +
      "mount (0) it begins at the root of the entry's file system. It is ours.",
    example: `syscall::exit_group:entry
/pid == $target/
{
	this->file = curthread->mm->exe_file;
	trace(dentrypath(this->file->f_path.mnt, this->file->f_path.dentry->d_parent));
}`,
    arguments: quietTrue,
    varies: true,
  },
  dirname: {
    text:
      "The path without its last part and the slashes before that; `.` where nothing is left, `/` where " +
      "it began with one. It looks at the text only, as `dirname(1)` does.",
    example: 'BEGIN { printf("%s %s", dirname("/usr/lib/libc.so"), dirname("libc.so")); exit(0); }',
  },
  filepath: {
    text:
      "The path of an open file of the kernel, or what `/proc/PID/fd` calls one that lies in no folder, " +
      "such as `pipe:[4711]`. `fds[N].fi_pathname` is this of `getf(N)`. It is ours.",
    example: "syscall::exit_group:entry /pid == $target/ { trace(filepath(getf(0))); }",
    arguments: quietTrue,
  },
  getf: {
    text:
      "The kernel's structure of the file behind a descriptor of the current process; `NULL` where the " +
      "descriptor is not open. [`fds[]`](variables.md#fds) tells the same without the kernel's names.",
    example: `syscall::exit_group:entry
/pid == $target/
{
	printf("%d ", getf(99) == NULL);
	trace(stringof(getf(0)->f_path.dentry->d_name.name));
}`,
    arguments: quietTrue,
  },
} as const satisfies Readonly<Record<string, GuideEntry>>;
