/**
 * System calls by their names on Solaris (`-x compat=solaris`), for COMPATIBILITY.md too. On Linux
 * many of them are made under another name, or relative to an open folder: those count here where
 * they are relative to the current one, and their arguments move up by one.
 */

export interface SolarisCall {
  readonly name: string;
  /** The same call under Linux's names. */
  readonly calls?: readonly string[];
  /** Calls with a folder before the arguments. */
  readonly relative?: readonly string[];
}

const same = (name: string, ...calls: readonly string[]): SolarisCall => ({ name, calls });
const relative = (name: string, ...calls: readonly string[]): SolarisCall => ({
  name,
  relative: calls,
});

/** Their places give the ids of their probes: new ones go to the end. */
export const solarisCalls: readonly SolarisCall[] = [
  same("exece", "execve"),
  same("rexit", "exit", "exit_group"),
  same("forksys", "fork", "vfork", "clone", "clone3"),
  same("fork1", "fork", "clone", "clone3"),
  same("forkall", "fork"),
  { name: "open64", calls: ["open"], relative: ["openat"] },
  relative("open", "openat"),
  { name: "openat64", calls: ["openat"] },
  same("creat64", "creat"),
  { name: "stat64", calls: ["stat"], relative: ["newfstatat"] },
  relative("stat", "newfstatat"),
  { name: "lstat64", calls: ["lstat"] },
  same("fstat64", "fstat"),
  same("fstatat64", "newfstatat"),
  same("fstatat", "newfstatat"),
  same("statvfs", "statfs"),
  same("statvfs64", "statfs"),
  same("fstatvfs", "fstatfs"),
  same("fstatvfs64", "fstatfs"),
  relative("access", "faccessat", "faccessat2"),
  relative("mkdir", "mkdirat"),
  relative("mknod", "mknodat"),
  { name: "xmknod", calls: ["mknod"], relative: ["mknodat"] },
  relative("unlink", "unlinkat"),
  relative("readlink", "readlinkat"),
  relative("chmod", "fchmodat", "fchmodat2"),
  relative("chown", "fchownat"),
  { name: "utimes", relative: ["futimesat", "utimensat"] },
  same("utimesys", "utimensat"),
  same("pread", "pread64"),
  same("pwrite", "pwrite64"),
  same("llseek", "lseek"),
  same("mmap64", "mmap"),
  same("memcntl", "madvise", "msync", "mlock", "munlock"),
  same("gtime", "time", "clock_gettime"),
  same("nanosleep", "clock_nanosleep"),
  same("pollsys", "poll", "ppoll", "select", "pselect6"),
  same("pipe", "pipe2"),
  same("dup", "dup2", "dup3"),
  same("waitsys", "waitid", "wait4"),
  same("sigaction", "rt_sigaction"),
  same("sigprocmask", "rt_sigprocmask"),
  same("sigpending", "rt_sigpending"),
  same("sigsuspend", "rt_sigsuspend"),
  same("sigtimedwait", "rt_sigtimedwait"),
  same("sigqueue", "rt_sigqueueinfo"),
  same("context", "rt_sigreturn"),
  same("lwp_create", "clone", "clone3"),
  same("lwp_exit", "exit"),
  same("lwp_kill", "tkill", "tgkill"),
  same("lwp_self", "gettid"),
  same("lwp_sigmask", "rt_sigprocmask"),
  same("lwp_park", "futex"),
  same("lwp_mutex_timedlock", "futex"),
  same("lwp_cond_wait", "futex"),
  same("yield", "sched_yield"),
  same("so_socket", "socket"),
  same("so_socketpair", "socketpair"),
  same("pgrpsys", "setpgid", "getpgid", "getsid", "setsid"),
  same("systeminfo", "uname"),
  same("modctl", "init_module", "finit_module", "delete_module"),
  same("processor_bind", "sched_setaffinity"),
  same("priocntlsys", "sched_setscheduler", "setpriority"),
  same("semsys", "semget", "semop", "semctl", "semtimedop"),
  same("shmsys", "shmat", "shmctl", "shmdt", "shmget"),
  same("msgsys", "msgget", "msgctl", "msgrcv", "msgsnd"),
];
