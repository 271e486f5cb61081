/** Names that programs read like built-in variables: special ones, and those of the D libraries. */

import type { GuideEntry } from "../entry.ts";

export interface FurtherVariable extends GuideEntry {
  /** As its declaration would be. */
  readonly type: string;
}

const library = (file: string): string => `It is defined in \`lib/${file}\`.`;

export const furtherVariables = {
  args: {
    type: "args[N]",
    text:
      "The arguments of the probe with their own types, as `dtrace -lv` shows them. The index is a " +
      "constant; all probes of a clause must have the same types.",
    example: "proc:::exit /pid == $target/ { trace(args[0]); }",
    arguments: ["-q", "-c", "true"],
  },
  curcpu: {
    type: "cpuinfo_t *curcpu",
    text:
      "The current CPU: `cpu_id`, `cpu_pset`, `cpu_chip`, `cpu_lgrp`, `cpu_info`; `pset`, `chip` and " +
      "`lgrp` are short for three of them. Package and memory node are known where the kernel lists " +
      "its data symbols. " +
      library("sched.d"),
    example: "BEGIN { trace(curcpu->cpu_id == cpu); exit(0); }",
  },
  curlwpsinfo: {
    type: "lwpsinfo_t *curlwpsinfo",
    text:
      "The current thread as proc(4) of Solaris describes it: `pr_lwpid`, `pr_state`, `pr_pri`, " +
      `\`pr_syscall\` and others. ${library("procfs.d")}`,
    example: "BEGIN { trace(curlwpsinfo->pr_lwpid == tid); exit(0); }",
  },
  curpsinfo: {
    type: "psinfo_t *curpsinfo",
    text:
      "The current process as proc(4) of Solaris describes it: `pr_pid`, `pr_ppid`, `pr_fname`, " +
      `\`pr_psargs\`, \`pr_uid\` and others. ${library("procfs.d")}`,
    example: "syscall::exit_group:entry /pid == $target/ { trace(curpsinfo->pr_psargs); }",
    arguments: ["-q", "-c", "sleep 0.01"],
    varies: true,
  },
  cwd: {
    type: "string cwd",
    text: `The current process' working folder. ${library("io.d")}`,
    example: "syscall::exit_group:entry /pid == $target/ { trace(cwd); }",
    arguments: ["-q", "-c", "env -C /usr true"],
  },
  fds: {
    type: "fileinfo_t fds[N]",
    text:
      "The file behind a descriptor of the current process: `fi_name`, `fi_pathname`, `fi_fs`, " +
      `\`fi_offset\`, \`fi_oflags\` and others. ${library("io.d")}`,
    example: "syscall::exit_group:entry /pid == $target/ { trace(fds[0].fi_pathname); }",
    arguments: ["-q", "-c", "true"],
  },
  regs: {
    type: "uint64_t regs[N]",
    text:
      "The registers before the instruction that an `instr` probe stands at, by the names of " +
      "`uregs[]`. No other probe has them.",
    example: "BEGIN { trace(regs[R_PC]); }",
  },
  root: {
    type: "string root",
    text: `The current process' root folder. ${library("io.d")}`,
    example: "BEGIN { trace(root); exit(0); }",
  },
  self: {
    type: "self->name",
    text: "Before the name of a variable of the thread; no other thread sees it.",
    example: "BEGIN { self->n = 7; } BEGIN { trace(self->n); exit(0); }",
  },
  this: {
    type: "this->name",
    text:
      "Before the name of a variable of the firing: the clauses of one firing share it, and the next " +
      "firing starts with 0.",
    example: "BEGIN { this->n = 7; } BEGIN { trace(this->n); exit(0); }",
  },
  threadname: {
    type: "string threadname",
    text: "The name of the current thread, of at most 15 characters. It is `execname`.",
    example: "BEGIN { trace(threadname); exit(0); }",
  },
  uregs: {
    type: "uint64_t uregs[N]",
    text:
      "The registers that the current thread has in user mode; `R_PC`, `R_SP` and others name them. " +
      library("x64/regs.d"),
    example: "syscall::exit_group:entry /pid == $target/ { trace(uregs[R_PC] != 0); }",
    arguments: ["-q", "-c", "true"],
  },
  zonename: {
    type: "string zonename",
    text: "`global`: there are no zones here.",
    example: "BEGIN { trace(zonename); exit(0); }",
  },
} as const satisfies Readonly<Record<string, FurtherVariable>>;
