/** What docs/kernels.md tells of each kernel: a row for each provider and feature. */

export const workloads = {
  reads: "$PROGRAMS/known-reads /etc/passwd 10",
  commands: "/bin/true; /bin/true; sh -c 'kill -USR1 $$' || true",
  faults: "$PROGRAMS/page-touches > /dev/null",
  network: "$PROGRAMS/connections 4 > /dev/null",
  disk: "dd if=/dev/zero of=$DISK bs=4096 count=8 oflag=direct 2> /dev/null",
  contention: "$PROGRAMS/map-contention",
  compat: "$PROGRAMS/i386-calls",
  link: "ip link add lab0 type dummy && ip link del lab0",
  greeting: "$PROGRAMS/known-greetings /dev/hworld one",
  sleep: "sleep 0.2; sleep 0.2",
} as const;

export interface Row {
  readonly name: string;
  /** It works where this says `yes`. */
  readonly program: string;
  /** While it traces; without one it runs until it ends itself or some time has passed. */
  readonly workload?: keyof typeof workloads;
  readonly options?: readonly string[];
  /** For fbt: this mechanism and no other. */
  readonly mechanism?: "fentry" | "multi" | "kprobe";
}

const yes = '{ printf("yes"); exit(0); }';

const fires = (name: string, probe: string, workload?: Row["workload"]): Row => ({
  name,
  program: `${probe} ${yes}`,
  ...(workload === undefined ? {} : { workload }),
});

/** At a system call of the workload, where this holds. */
const holds = (name: string, condition: string): Row =>
  fires(name, `syscall::pread64:entry /pid == $target && ${condition}/`, "reads");

const traced = "fbt::vfs_read";

const functionRows = (["fentry", "multi", "kprobe"] as const).flatMap((mechanism) =>
  (["entry", "return"] as const).map((edge) => ({
    ...fires(
      `\`fbt\` ${edge}, ${mechanism === "multi" ? "kprobe.multi" : mechanism}`,
      `${traced}:${edge} /pid == $target/`,
      "reads",
    ),
    mechanism,
  })),
);

export const providerRows: readonly Row[] = [
  fires("`dtrace`", "BEGIN"),
  fires("`profile`", "profile-97"),
  fires("`tick`", "tick-10ms"),
  fires("`syscall` entry", "syscall::pread64:entry /pid == $target/", "reads"),
  fires("`syscall` return", "syscall::pread64:return /pid == $target/", "reads"),
  fires(
    "`syscall`, 32-bit calls",
    'syscall:x32:getppid:entry /execname == "i386-calls"/',
    "compat",
  ),
  fires("`sdt`", "sdt:sched::sched_switch", "commands"),
  fires("`rawtp`", "rawtp:::sched_switch", "commands"),
  ...functionRows,
  fires("`fbt`, a module's function", "fbt:dummy:dummy_setup:entry", "link"),
  fires("`instr`", "instr::vfs_read-*: /pid == $target/", "reads"),
  fires("`notifier`", "notifier:::netdev_chain", "link"),
  fires("probes that modules publish", "hworld:hworld:open:entry", "greeting"),
  fires("`proc:::create`", "proc:::create", "commands"),
  fires("`proc:::exec-success`", "proc:::exec-success", "commands"),
  fires("`proc:::exit`", "proc:::exit", "commands"),
  fires("`proc:::signal-send`", "proc:::signal-send", "commands"),
  fires("`sched:::on-cpu`", "sched:::on-cpu", "sleep"),
  fires("`sched:::off-cpu`", "sched:::off-cpu", "sleep"),
  fires("`sched:::wakeup`", "sched:::wakeup", "sleep"),
  fires("`io:::start`", "io:::start", "disk"),
  fires("`io:::done`", "io:::done", "disk"),
  fires("`io:::wait-done`", "io:::wait-done", "disk"),
  fires("`ip:::send`", "ip:::send", "network"),
  fires("`ip:::receive`", "ip:::receive", "network"),
  fires("`tcp:::send`", "tcp:::send", "network"),
  fires("`tcp:::connect-established`", "tcp:::connect-established", "network"),
  fires("`tcp:::accept-established`", "tcp:::accept-established", "network"),
  fires("`udp:::send`", "udp:::send", "network"),
  fires("`lockstat`", "lockstat:::", "contention"),
  fires("`vminfo:::pgfault`", "vminfo:::pgfault", "faults"),
  fires("`vminfo:::pgalloc`", "vminfo:::pgalloc", "faults"),
  fires("`sysinfo:::sysread`", "sysinfo:::sysread", "reads"),
  fires("`sysinfo:::pswitch`", "sysinfo:::pswitch", "sleep"),
  fires("`mib:::tcpActiveOpens`", "mib:::tcpActiveOpens", "network"),
  fires("`fsinfo:::close`", "fsinfo:::close", "commands"),
  fires("`cpc`, the kernel's counters", "cpc:::page_faults-all-10", "faults"),
  fires("`cpc`, the processor's counters", "cpc:::cpu_cycles-all-100000", "faults"),
];

export const featureRows: readonly Row[] = [
  {
    name: "`stack()`",
    program: `${traced}:entry /pid == $target/ { @[stack(3)] = count(); printf("yes"); exit(0); }`,
    workload: "reads",
  },
  holds("`ustack()`", "ustackdepth > 0"),
  holds("`copyin()`, `copyinstr()`", "strlen(copyinstr(uregs[R_SP])) >= 0"),
  holds("`vtimestamp`", "vtimestamp > 0"),
  holds("`curpsinfo`", "curpsinfo->pr_pid == $target"),
  holds("`fds[]`", 'fds[arg0].fi_pathname == "/etc/passwd"'),
  {
    name: "`d_path()`",
    program: `${traced}:entry /pid == $target && strlen(d_path(&args[0]->f_path)) > 1/ ${yes}`,
    workload: "reads",
  },
  {
    name: "typed arguments (`args[]`)",
    program: `${traced}:entry /pid == $target && stringof(args[0]->f_path.dentry->d_name.name) == "passwd"/ ${yes}`,
    workload: "reads",
  },
  {
    name: "variables of threads (`self->`)",
    program: `syscall::pread64:entry /pid == $target/ { self->seen = 1; }
      syscall::pread64:return /self->seen/ ${yes}`,
    workload: "reads",
  },
  {
    name: "speculations",
    program: `syscall::pread64:entry /pid == $target/ { self->id = speculation(); }
      syscall::pread64:entry /self->id/ { speculate(self->id); printf("yes"); }
      syscall::pread64:return /self->id/ { commit(self->id); self->id = 0; }`,
    workload: "reads",
  },
  {
    name: "clauses that fault (`ERROR`)",
    program: `syscall::pread64:entry /pid == $target/ { trace(*(int *)8); }
      ERROR { printf("yes"); exit(0); }`,
    workload: "reads",
  },
  {
    name: "`copyout()`",
    program: `syscall::pread64:return /pid == $target/
      { this->byte = alloca(1); copyout(this->byte, uregs[R_SP] - 4096, 1); printf("yes"); exit(0); }`,
    workload: "reads",
    options: ["-w"],
  },
  {
    name: "`raise()`",
    program: `syscall::pread64:entry /pid == $target/ { raise(10); }
      proc:::signal-send /args[2] == 10/ ${yes}`,
    workload: "reads",
    options: ["-w"],
  },
];

export const allRows: readonly Row[] = [...providerRows, ...featureRows];
