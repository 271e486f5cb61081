/**
 * Functions that kprobes take but that no program of ours may run in. bpf_ringbuf_reserve() holds
 * the ring's spin lock while it takes and gives it: before 6.16 (kernel/bpf/ringbuf.c) a program
 * there that reserves a record of its own waits for that lock for ever.
 */

const spinLocks = /^(_raw_spin_(lock|unlock|trylock)|(native_|__pv_)?queued_spin_|do_raw_spin_)/;

/** Major and minor of the first kernel whose rings find out that they would wait for themselves. */
const resilientRings = [6, 16] as const;

/** For a kernel of this release, as uname(2) has it: `6.12.95+deb12-amd64`. */
export function unsafeFunctions(release: string): (name: string) => boolean {
  const [major = 0, minor = 0] = release.split(".").map((part) => Number.parseInt(part, 10));
  const isResilient =
    major > resilientRings[0] || (major === resilientRings[0] && minor >= resilientRings[1]);
  return isResilient ? () => false : (name) => spinLocks.test(name);
}
