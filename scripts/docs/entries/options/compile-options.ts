/** Options of the compiler, and of the command that calls it. */

import type { OptionEntry } from "./option-entry.ts";

export const compileOptions = {
  aggpercpu: { text: "On other systems aggregations are kept per CPU; here they always are." },
  amin: {
    text: "Refuses a program one of whose clauses is less stable than `name/data/class`.",
    example: "BEGIN { trace(curthread->pid); exit(0); }",
    arguments: ["-q", "-x", "amin=Evolving/Evolving/Common"],
  },
  argref: {
    text: "An operand that the program does not name by `$1`, `$2`, … is an error without it.",
    example: "BEGIN { trace($1); exit(0); }",
    arguments: ["-q", "-x", "argref", "7", "8"],
  },
  compat: {
    text:
      "Takes another system's names besides Linux's own: `compat=solaris` knows Solaris' names of " +
      "system calls and its modules `unix` and `genunix`.",
    example: "syscall::exece:entry {}",
    arguments: ["-l", "-x", "compat=solaris"],
    varies: true,
  },
  core: { text: "For those who debug DTrace itself." },
  cpp: {
    text: "Runs the C preprocessor over scripts (`-s`) first, as `-C` does.",
    example: "#define ANSWER 42\nBEGIN\n{\n\ttrace(ANSWER);\n\texit(0);\n}",
    arguments: ["-q", "-x", "cpp"],
  },
  cpphdrs: {
    text: "Shows the paths of included headers, as `-H` does. Counts with `-C` only.",
    example: '#include "answer.h"\nBEGIN\n{\n\ttrace(ANSWER);\n\texit(0);\n}',
    arguments: ["-q", "-C", "-x", "cpphdrs", "-I", "."],
    varies: true,
    files: { "answer.h": "#define ANSWER 42" },
  },
  cpppath: {
    text: "The C preprocessor that `-C` runs: a path, or a name to be found in `PATH`.",
    example: "#define ANSWER 42\nBEGIN\n{\n\ttrace(ANSWER);\n\texit(0);\n}",
    arguments: ["-q", "-C", "-x", "cpppath=/usr/bin/cpp"],
  },
  ctypes: { text: "Types are not kept in files here." },
  debug: { text: "For those who debug DTrace itself." },
  defaultargs: {
    text: "An operand that is not given is 0 as `$1` and the empty string as `$$1`.",
    example: 'BEGIN { printf("%d \\"%s\\"", $1, $$2); exit(0); }',
    arguments: ["-q", "-x", "defaultargs", "7"],
  },
  define: {
    text: "Defines a name for the preprocessor, as `-D` does; may be given several times.",
    example: "BEGIN\n{\n\ttrace(ANSWER);\n\texit(0);\n}",
    arguments: ["-q", "-C", "-x", "define=ANSWER=42"],
  },
  droptags: {
    text: "Puts the [tag of a drop](diagnostics.md#drops) before its message.",
    example: "BEGIN { first = speculation(); second = speculation(); exit(0); }",
    arguments: ["-q", "-x", "droptags"],
  },
  dtypes: { text: "Types are not kept in files here." },
  empty: {
    text: "A program without clauses is no error of the compiler, as a file of declarations.",
    example: "inline int ANSWER = 42;",
    arguments: ["-e", "-x", "empty"],
  },
  encoding: {
    text:
      "Draws the bars of `agghist`, `aggpack` and `aggzoom` with ASCII characters (`ascii`) or with " +
      "blocks and shades (`utf8`). Without it the locale decides.",
    example:
      'BEGIN { @["steps"] = lquantize(3, 0, 10, 1); @["steps"] = lquantize(7, 0, 10, 1); exit(0); }',
    arguments: ["-q", "-x", "aggpack", "-x", "encoding=utf8"],
  },
  errtags: {
    text: "Puts the [tag of an error](diagnostics.md) before its message.",
    example: "BEGIN { trace(nothing); exit(0); }",
    arguments: ["-q", "-x", "errtags"],
  },
  evaltime: {
    text: "A `-c` process always starts with its first instruction (`exec`), after `BEGIN`.",
  },
  format: {
    text: "`json` writes what is traced as objects, one a line: [docs/json.md](../json.md).",
    example: "BEGIN { trace(7); exit(0); }",
    arguments: ["-q", "-x", "format=json"],
    varies: true,
  },
  incdir: {
    text: "Searches a folder for headers, as `-I` does; may be given several times.",
    example: '#include "answer.h"\nBEGIN\n{\n\ttrace(ANSWER);\n\texit(0);\n}',
    arguments: ["-q", "-C", "-x", "incdir=."],
    files: { "answer.h": "#define ANSWER 42" },
  },
  iregs: { text: "There is no virtual machine: programs are eBPF." },
  kdefs: { text: "Kernel symbols are always resolved when the program is compiled." },
  knodefs: { text: "Kernel symbols are always resolved when the program is compiled." },
  late: { text: "Translators are always bound when the program is compiled." },
  lazyload: { text: "There is no DOF to load." },
  ldpath: { text: "There is no `-G`, which would call a linker." },
  libdir: {
    text:
      "Searches a folder for D libraries (files that end in `.d`), as `-L` does; may be given " +
      "several times.",
    example: "BEGIN { trace(ANSWER); exit(0); }",
    arguments: ["-q", "-x", "libdir=."],
    files: { "answer.d": "inline int ANSWER = 42;" },
  },
  linkmode: { text: "Symbols are always resolved when the program is compiled." },
  linktype: { text: "There is no `-G`, which would write a file." },
  nolibs: {
    text: "Reads no D libraries: their inlines, types and translators are unknown.",
    example: "BEGIN { trace(ENOENT); exit(0); }",
    arguments: ["-q", "-x", "nolibs"],
  },
  pgmax: { text: "Symbols of processes are read without holding the processes." },
  pspec: {
    text:
      "Reads a probe description where the text could also be a declaration that begins with a " +
      "type's name. Programs of `-n` and its kin are always read so, scripts only with this option.",
    example: "BEGIN\n{\n\ttrace(1);\n\texit(0);\n}",
    arguments: ["-q", "-x", "pspec"],
  },
  setenv: {
    text: "Sets a variable in the environment of `-c` processes; may be given several times.",
    example: "BEGIN { }",
    arguments: ["-q", "-x", "setenv=WORD=hello", "-c", "printenv WORD"],
  },
  stdc: {
    text:
      "What the preprocessor takes for the language's standard, as `-X` does: `a` (extensions), " +
      "`c` (strict), `s` (before ISO C), `t` (compatible).",
    example: "BEGIN\n{\n\ttrace(__STDC__);\n\texit(0);\n}",
    arguments: ["-q", "-C", "-x", "stdc=c"],
  },
  strip: { text: "There is no DOF to make smaller." },
  syslibdir: {
    text: "The folder that is read instead of that of the D libraries which come with dtrace.",
    example: "BEGIN { trace(ANSWER); exit(0); }",
    arguments: ["-q", "-x", "syslibdir=."],
    files: { "answer.d": "inline int ANSWER = 42;" },
  },
  tree: {
    text:
      "Shows the trees of the program on standard error, a node a line, and goes on: `parse` (or " +
      "1) as written, `typed` (or 2, or no value) as checked, with the type of each expression.",
    example: "BEGIN /pid > 1/ { trace(execname); exit(0); }",
    arguments: ["-q", "-x", "tree"],
  },
  tregs: { text: "There is no virtual machine: programs are eBPF." },
  udefs: { text: "There is no `-G`, whose programs have user symbols." },
  undef: {
    text: "Undefines a name for the preprocessor, as `-U` does; may be given several times.",
    example:
      "#ifdef __linux__\nBEGIN { trace(1); exit(0); }\n#else\nBEGIN { trace(0); exit(0); }\n#endif",
    arguments: ["-q", "-C", "-x", "undef=__linux__"],
  },
  unodefs: { text: "There is no `-G`, whose programs have user symbols." },
  unsetenv: {
    text: "Takes a variable out of the environment of `-c` processes; may be given several times.",
    example: "BEGIN { }",
    arguments: ["-q", "-x", "unsetenv=HOME", "-c", "sh show.sh"],
    files: { "show.sh": 'test -n "$HOME" || echo unset' },
  },
  verbose: { text: "`-S` shows the code that the compiler makes." },
  verifierlog: {
    text: "Keeps what the kernel's verifier said of a program that it refused, for a report.",
    example: "BEGIN { exit(0); }",
    arguments: ["-q", "-x", "verifierlog=verifier.txt"],
  },
  version: {
    text:
      "The version of D that the program is written for: names that came later are free for the " +
      "program's own use. Once lowered it cannot be raised.",
    example:
      "#pragma D option version=1.0\n\nint strtok;\n\nBEGIN\n{\n\tstrtok = 7;\n\ttrace(strtok);\n\texit(0);\n}",
  },
  zdefs: {
    text: "A description that matches no probe is no error, as with `-Z`.",
    example: "BEGIN { trace(1); exit(0); } syscall::not_yet:entry { trace(2); }",
    arguments: ["-q", "-x", "zdefs"],
  },
} as const satisfies Readonly<Record<string, OptionEntry>>;
