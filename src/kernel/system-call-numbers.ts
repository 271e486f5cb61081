/** The system calls we make ourselves, by machine (the kernel's syscall tables). */

const numbers = {
  x64: {
    bpf: 321,
    close: 3,
    dup: 32,
    epoll_create1: 291,
    fsconfig: 431,
    fsmount: 432,
    fsopen: 430,
    getdents64: 217,
    ioctl: 16,
    mmap: 9,
    munmap: 11,
    openat: 257,
    perf_event_open: 298,
    pidfd_open: 434,
    ppoll: 271,
    ptrace: 101,
    wait4: 61,
    getpgid: 121,
    getsid: 124,
    read: 0,
    waitid: 247,
  },
  arm64: {
    bpf: 280,
    close: 57,
    dup: 23,
    epoll_create1: 20,
    fsconfig: 431,
    fsmount: 432,
    fsopen: 430,
    getdents64: 61,
    ioctl: 29,
    mmap: 222,
    munmap: 215,
    openat: 56,
    perf_event_open: 241,
    pidfd_open: 434,
    ppoll: 73,
    ptrace: 117,
    wait4: 260,
    getpgid: 155,
    getsid: 156,
    read: 63,
    waitid: 95,
  },
} as const;

export type SystemCallName = keyof (typeof numbers)["x64"];

export function systemCallNumber(name: SystemCallName): number {
  const table = process.arch === "arm64" ? numbers.arm64 : numbers.x64;
  return table[name];
}
