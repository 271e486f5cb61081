/**
 * The range of ids of each provider. Ranges are fixed and leave room, so that an id means the same
 * probe in `dtrace -l`, in `-i` and in the output of another run, and so that no provider has to be
 * listed to number another's probes.
 */

export const firstProbeId = {
  dtrace: 1,
  profile: 10,
  onDemand: 100,
  proc: 600,
  sched: 640,
  cpc: 660,
  io: 700,
  sysinfo: 710,
  vminfo: 760,
  lockstat: 960,
  ip: 970,
  tcp: 980,
  udp: 990,
  fsinfo: 3_400,
  mib: 3_440,
  notifier: 3_900,
  syscall: 1_000,
  solaris: 3_200,
  sdt: 4_000,
  rawtp: 20_000,
  nfsv3: 490_000,
  nfsv4: 491_000,
  published: 500_000,
  fbt: 1_000_000,
  instr: 10_000_000,
} as const;
