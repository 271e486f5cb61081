/** For each tool a workload, and what of it the tool has to show: lines, with how many match. */

/** A job of tool-work, the program connections, or a script for sh. */
export type Workload =
  | { readonly kind: "job"; readonly job: string }
  | { readonly kind: "connections" }
  | { readonly kind: "script"; readonly text: string };

export interface ToolCase {
  readonly tool: string;
  readonly work: Workload;
  /** `some` where nobody knows how many: of samples, of stacks. */
  readonly expected: readonly (readonly [pattern: RegExp, times: number | "some"])[];
}

const job = (name: string): Workload => ({ kind: "job", job: name });
const connections: Workload = { kind: "connections" };
const script = (...lines: readonly string[]): Workload => ({
  kind: "script",
  text: `${lines.join("\n")}\n`,
});

/** Column widths are the tools' own affair. */
const row = (...columns: readonly (string | number)[]): RegExp =>
  new RegExp(`^ *${columns.join(" +")}$`);
const own = ["\\d+", "tool-work"] as const;
const loopback = "127\\.0\\.0\\.1";

/** A distribution's row: a value, its bar and a count. */
const bar = (value: string, count: string): RegExp => new RegExp(`^ +${value} \\|@* +${count} +$`);
const frame = (name: string): RegExp => new RegExp(`\`${name}(\\+0x[0-9a-f]+)?$`);

const programs = script("/bin/true", "/bin/true", "/bin/false", "(exit 3)", "/nowhere/at-all");

export const toolCases: readonly ToolCase[] = [
  { tool: "biolatency", work: job("disk"), expected: [[/^\w+ write$/, 1]] },
  { tool: "bitesize", work: job("disk"), expected: [[bar("4096", "8"), 1]] },
  { tool: "cpudist", work: job("sleeps"), expected: [[/^tool-work$/, 1]] },
  {
    tool: "cswitch",
    work: job("sleeps"),
    expected: [[row("\\d+", ...own, "([3-9]|\\d\\d)", "\\d+"), 1]],
  },
  {
    tool: "dirsnoop",
    work: job("paths"),
    expected: [
      [row(...own, "mkdir", 0, "work-folder"), 1],
      [row(...own, "chdir", 0, "work-folder"), 1],
      [row(...own, "chdir", 0, "\\.\\."), 1],
      [row(...own, "rmdir", 0, "work-folder"), 1],
      [row(...own, "rmdir", 2, "work-folder"), 1],
    ],
  },
  {
    tool: "dropsnoop",
    work: connections,
    expected: [[row("connections", "\\d+", "no-socket", "\\S+", 3), 1]],
  },
  {
    tool: "errinfo",
    work: job("files"),
    expected: [[row("tool-work", "openat", 2, "ENOENT", 5), 1]],
  },
  {
    tool: "execsnoop",
    work: programs,
    expected: [
      [row("\\d+", "\\d+", "\\d+", 0, "/bin/true"), 2],
      [row("\\d+", "\\d+", "\\d+", 0, "/bin/false"), 1],
      [row("\\d+", "\\d+", "\\d+", 2, "/nowhere/at-all"), 1],
    ],
  },
  {
    tool: "exitsnoop",
    work: job("children"),
    expected: [
      [row("\\d+", ...own, "\\d+", "exited", 3), 2],
      [row("\\d+", ...own, "\\d+", "killed", 9), 1],
      [row("\\d+", ...own, "\\d+", "exited", 0), 1],
    ],
  },
  {
    tool: "filetop",
    work: job("files"),
    expected: [[row("tool-work", "\\S+/work-file", 200, 200), 1]],
  },
  { tool: "forksnoop", work: job("children"), expected: [[row("\\d+", ...own, "\\d+"), 3]] },
  {
    tool: "futexwait",
    work: job("futexes"),
    expected: [[row(...own, "[0-9a-f]+", 5, "\\d+"), 1]],
  },
  {
    tool: "hardirqs",
    work: job("interrupts"),
    // Other devices may interrupt it, too.
    expected: [[row("\\S+", "tool-work", "[1-9]\\d*", "\\d+"), "some"]],
  },
  {
    tool: "iosnoop",
    work: job("disk"),
    expected: [[row("\\d+", ...own, "\\S+", "W", "\\d+", 4096, "\\d+", "\\S+"), 8]],
  },
  {
    tool: "iotop",
    work: job("disk"),
    expected: [[row(...own, "\\S+", "\\d+", "\\d+", 8, 32768), 1]],
  },
  {
    tool: "iptop",
    work: connections,
    expected: [[row("connections", loopback, loopback, "\\d+", "\\d+", "\\d+", "\\d+"), 1]],
  },
  {
    tool: "kmemalloc",
    work: job("threads"),
    expected: [[row("\\S+`alloc_pid\\+0x\\w+", 6, "\\d+", "\\d+"), 1]],
  },
  { tool: "lockwait", work: job("contention"), expected: [[/^tool-work rw-block$/, "some"]] },
  {
    tool: "mmapsnoop",
    work: job("faults"),
    expected: [
      [row(...own, "\\w+", 262144, "rw-", "private", "anonymous"), 1],
      [row(...own, "\\w+", 12288, "r--", "shared", "\\S+/work-file"), 5],
    ],
  },
  { tool: "offcputime", work: job("sleeps"), expected: [[frame("\\w+_nanosleep"), "some"]] },
  {
    tool: "opensnoop",
    work: job("files"),
    expected: [
      [row(...own, "\\d+", 0, "work-file"), 7],
      [row(...own, -1, 2, "/nowhere/at-all"), 5],
    ],
  },
  { tool: "pagefaults", work: job("faults"), expected: [[frame("touch_pages"), 1]] },
  {
    tool: "perfcounts",
    work: job("faults"),
    expected: [[row(...own, "[1-9]\\d\\d", "\\d+", "\\d+", "\\d+"), 1]],
  },
  { tool: "preemptby", work: job("rivals"), expected: [[/tool-work +<- tool-work/, 2]] },
  {
    tool: "prisnoop",
    work: job("priorities"),
    expected: [
      [row(...own, "setpriority", 0, "[123]", 0), 3],
      [row(...own, "sched_setscheduler", 0, 3, 0), 1],
    ],
  },
  {
    tool: "proctree",
    work: job("children"),
    expected: [
      [row("\\d+", "\\d+", "tool-work makes \\d+"), 3],
      [row("\\d+", "\\d+", "tool-work ends: status 3"), 2],
      [row("\\d+", "\\d+", "tool-work ends: signal 9"), 1],
      [row("\\d+", "\\d+", "tool-work ends: status 0"), 1],
    ],
  },
  { tool: "profile", work: job("busy"), expected: [[frame("busy"), "some"]] },
  {
    tool: "reclaim",
    work: job("pageout"),
    expected: [[row(...own, 0, 0, 32, 0, 0), 1]],
  },
  {
    tool: "rmsnoop",
    work: job("paths"),
    expected: [
      [row(...own, "rename", 0, "work-file -> work-moved"), 1],
      [row(...own, "unlink", 0, "work-moved"), 1],
      [row(...own, "unlink", 2, "work-moved"), 1],
    ],
  },
  { tool: "runqlat", work: job("sleeps"), expected: [[/^tool-work$/, 1]] },
  {
    tool: "rwsnoop",
    work: job("files"),
    expected: [
      [row(...own, "write", "\\d+", 50, 50, "\\S+/work-file"), 4],
      [row(...own, "read", "\\d+", 100, 100, "\\S+/work-file"), 2],
      [row(...own, "read", "\\d+", 100, 0, "\\S+/work-file"), 1],
    ],
  },
  {
    tool: "rwtop",
    work: job("disk"),
    expected: [[row(...own, "\\d+", "\\d+", 8, 32768), 1]],
  },
  {
    tool: "shellsnoop",
    work: script("/bin/true one", "/bin/true two"),
    expected: [
      [/ sh +\/bin\/true one$/, 1],
      [/ sh +\/bin\/true two$/, 1],
    ],
  },
  {
    tool: "sigsnoop",
    work: job("signals"),
    expected: [[row(...own, 10, ...own), 4]],
  },
  {
    tool: "sleepsnoop",
    work: job("sleeps"),
    expected: [[row("\\d+", ...own, "\\w+", 5000, "\\d{4,}"), 3]],
  },
  {
    tool: "softirqs",
    work: connections,
    expected: [[row("net-receive", "connections", "[1-9]\\d+", "\\d+"), 1]],
  },
  {
    tool: "startphases",
    work: script("/bin/true", "/bin/true"),
    expected: [[row("\\d+", "true", "\\d+", "\\d+", "[1-9]\\d*", "\\d+"), 2]],
  },
  {
    tool: "statsnoop",
    work: job("files"),
    expected: [
      [row(...own, "\\w*stat\\w*", 0, "work-file"), 1],
      [row(...own, "\\w*stat\\w*", 2, "/nowhere/at-all"), 1],
    ],
  },
  {
    tool: "syscallproc",
    work: job("children"),
    expected: [[row(...own, "\\d+"), 4]],
  },
  {
    tool: "syscalltop",
    work: job("files"),
    expected: [
      [row("write", 4, 0, "\\d+"), 1],
      [row("openat", 14, 5, "\\d+"), 1],
    ],
  },
  { tool: "syslatency", work: job("files"), expected: [[/^write$/, 1]] },
  {
    tool: "tcpaccept",
    work: connections,
    expected: [[row("\\d+", "connections", "\\d+", "\\d+", "\\d+", loopback), 5]],
  },
  {
    tool: "tcpconnect",
    work: connections,
    expected: [[row("\\d+", "connections", "\\d+", "\\d+", loopback), 8]],
  },
  {
    tool: "tcplife",
    work: connections,
    expected: [
      [row("\\d+", "connections", loopback, "\\d+", loopback, "\\d+", 5, 10, "\\d+"), 5],
      [row("\\d+", "connections", loopback, "\\d+", loopback, "\\d+", 10, 5, "\\d+"), 5],
    ],
  },
  {
    tool: "tcprefused",
    work: connections,
    expected: [[row("\\d+", "connections", "\\d+", loopback), 3]],
  },
  {
    tool: "tcpstates",
    work: connections,
    expected: [[/ state-closed +state-syn-sent /, 8]],
  },
  {
    tool: "tcptop",
    work: connections,
    expected: [[row("connections", loopback, loopback, "\\d+", "\\d+", "\\d+", "\\d+"), 1]],
  },
  { tool: "threadsnoop", work: job("threads"), expected: [[row(...own, "\\d+", "\\d+"), 6]] },
  {
    tool: "timersnoop",
    work: job("sleeps"),
    expected: [[row(...own, "hrtimer", "vmlinux`hrtimer_wakeup", 3), 1]],
  },
  {
    tool: "truss",
    work: job("files"),
    expected: [
      [/ openat\(-100, "\/nowhere\/at-all", 0x0\) fails with error 2$/, 5],
      [/ write\(0x3, 0x[0-9a-f]+, 0x32\) = 50$/, 4],
    ],
  },
  {
    tool: "udptop",
    work: connections,
    // 10 bytes and a header of 8, 7 times.
    expected: [[row("connections", loopback, loopback, 7, 126, 7, 126), 1]],
  },
  {
    tool: "wakeups",
    work: job("pingpong"),
    expected: [[row("tool-work", "\\d+", "->", "tool-work", "\\d+", "[1-9]\\d?"), 2]],
  },
  {
    tool: "workqueues",
    work: job("terminal"),
    expected: [[row(...own, "vmlinux`flush_to_ldisc", 9), 1]],
  },
];
