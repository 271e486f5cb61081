/** The system calls we make ourselves, by machine (the kernel's syscall tables). */

const numbers = {
  x64: {
    bpf: 321,
    close: 3,
    fsconfig: 431,
    fsmount: 432,
    fsopen: 430,
    ioctl: 16,
    mmap: 9,
    munmap: 11,
    perf_event_open: 298,
    pidfd_open: 434,
    prctl: 157,
    ptrace: 101,
    getpgid: 121,
    getsid: 124,
    read: 0,
    sched_getaffinity: 204,
    sched_setaffinity: 203,
    waitid: 247,
  },
  arm64: {
    bpf: 280,
    close: 57,
    fsconfig: 431,
    fsmount: 432,
    fsopen: 430,
    ioctl: 29,
    mmap: 222,
    munmap: 215,
    perf_event_open: 241,
    pidfd_open: 434,
    prctl: 167,
    ptrace: 117,
    getpgid: 155,
    getsid: 156,
    read: 63,
    sched_getaffinity: 123,
    sched_setaffinity: 122,
    waitid: 95,
  },
} as const;

export type SystemCallName = keyof (typeof numbers)["x64"];

export function systemCallNumber(name: SystemCallName): number {
  const table = process.arch === "arm64" ? numbers.arm64 : numbers.x64;
  return table[name];
}
