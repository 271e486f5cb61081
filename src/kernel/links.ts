/**
 * Links: programs attached to tracepoints, clocks, and many functions at once (BPF_LINK_CREATE).
 * A link goes when its descriptor is closed.
 */

import { struct, u32, u64 } from "../base/struct.ts";
import type { AttachType } from "../bpf/program-spec.ts";
import { attachTypeNumbers, createLink } from "./bpf-syscall.ts";
import type { FileDescriptor } from "./descriptor.ts";
import { addressOf, asciiBuffer } from "./native.ts";

const linkTracing = struct({
  progFd: u32,
  targetFd: u32,
  attachType: u32,
  flags: u32,
  targetBtfId: u32,
  padding: u32,
  cookie: u64,
});

const linkKprobeMulti = struct({
  progFd: u32,
  targetFd: u32,
  attachType: u32,
  flags: u32,
  multiFlags: u32,
  count: u32,
  symbols: u64,
  addresses: u64,
  cookies: u64,
});

const linkUprobeMulti = struct({
  progFd: u32,
  targetFd: u32,
  attachType: u32,
  flags: u32,
  path: u64,
  offsets: u64,
  refCounterOffsets: u64,
  cookies: u64,
  count: u32,
  multiFlags: u32,
  pid: u32,
});

/** BPF_F_KPROBE_MULTI_RETURN and BPF_F_UPROBE_MULTI_RETURN */
const onReturn = 1;

/** Attaches a `tracing` program where it was loaded for: a typed tracepoint or a function. */
export function linkTracingProgram(
  program: FileDescriptor,
  attachType: Extract<AttachType, `trace-${string}`>,
  cookie: bigint,
): FileDescriptor {
  const attributes = linkTracing.encode({
    progFd: program.number,
    attachType: attachTypeNumbers[attachType],
    cookie,
  });
  return createLink(attributes, "attach to the kernel");
}

export interface MultiSite {
  /** In the file, not in memory. */
  readonly offset: number;
  readonly cookie?: bigint;
  /** In the file: a counter that is raised while the site is traced (USDT semaphores). */
  readonly refCounterOffset?: number;
}

export type MultiPlaces =
  | {
      readonly attachType: "kprobe-multi" | "kprobe-session";
      /** Where each begins, where a name is not one function's. */
      readonly symbols: readonly string[] | BigUint64Array<ArrayBuffer>;
      readonly cookies?: readonly bigint[];
      readonly isReturn?: boolean;
    }
  | {
      readonly attachType: "uprobe-multi" | "uprobe-session";
      readonly path: string;
      /**
       * No site may be a 5-byte nop: some 6.18 kernels corrupt the traced process there. The
       * provider, which reads the code, has to refuse them.
       */
      readonly sites: readonly MultiSite[];
      readonly isReturn?: boolean;
      /** Only there; all processes that map the file where it is left out. */
      readonly pid?: number;
    };

/** One link for many places: attaching and detaching cost about as much as for one. */
export function linkMulti(program: FileDescriptor, places: MultiPlaces): FileDescriptor {
  return "symbols" in places ? linkKprobes(program, places) : linkUprobes(program, places);
}

function linkKprobes(
  program: FileDescriptor,
  places: Extract<MultiPlaces, { readonly symbols: unknown }>,
): FileDescriptor {
  const { symbols } = places;
  const isNamed = !(symbols instanceof BigUint64Array);
  const words = isNamed ? addressesOfNames(symbols) : symbols;
  const cookies = new BigUint64Array(places.cookies ?? []).buffer;
  const attributes = linkKprobeMulti.encode({
    progFd: program.number,
    attachType: attachTypeNumbers[places.attachType],
    multiFlags: places.isReturn ? onReturn : 0,
    count: words.length,
    symbols: isNamed ? addressOf(words.buffer) : 0n,
    addresses: isNamed ? 0n : addressOf(words.buffer),
    cookies: cookies.byteLength > 0 ? addressOf(cookies) : 0n,
  });
  return createLink(attributes, "attach to functions");
}

/** One buffer for all names: there may be tens of thousands. */
function addressesOfNames(names: readonly string[]): BigUint64Array<ArrayBuffer> {
  const words = new BigUint64Array(names.length);
  let next = addressOf(asciiBuffer(names.join("\0")));
  for (const [index, { length }] of names.entries()) {
    words[index] = next;
    next += BigInt(length + 1);
  }
  return words;
}

function linkUprobes(
  program: FileDescriptor,
  places: Extract<MultiPlaces, { readonly path: string }>,
): FileDescriptor {
  const { sites } = places;
  const words = (of: (site: MultiSite) => bigint): ArrayBuffer =>
    new BigUint64Array(sites.map(of)).buffer;
  const path = asciiBuffer(places.path);
  const offsets = words(({ offset }) => BigInt(offset));
  const cookies = words(({ cookie = 0n }) => cookie);
  const counters = words(({ refCounterOffset = 0 }) => BigInt(refCounterOffset));
  const hasCounters = sites.some(({ refCounterOffset }) => refCounterOffset !== undefined);
  const attributes = linkUprobeMulti.encode({
    progFd: program.number,
    attachType: attachTypeNumbers[places.attachType],
    path: addressOf(path),
    offsets: addressOf(offsets),
    refCounterOffsets: hasCounters ? addressOf(counters) : 0n,
    cookies: addressOf(cookies),
    count: sites.length,
    multiFlags: places.isReturn ? onReturn : 0,
    pid: places.pid ?? 0,
  });
  return createLink(attributes, `attach to ${places.path}`);
}
