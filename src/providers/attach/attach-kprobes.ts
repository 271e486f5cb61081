/** Attaches programs to functions of the kernel. */

import type { Attachment } from "../../compiler/enabling.ts";
import { linkPerfEvent } from "../../kernel/bpf-syscall.ts";
import type { FileDescriptor } from "../../kernel/descriptor.ts";
import { linkMulti } from "../../kernel/links.ts";
import { openKernelProbe } from "../../kernel/perf-event.ts";
import { turnOn } from "../../kernel/symbols/published-probes.ts";
import { isRunByPatching } from "../fbt/patching-functions.ts";
import { collect } from "./collect.ts";

type Kprobes = Extract<Attachment, { readonly kind: "kprobes" }>;

/** With fewer it does not matter what the kernel runs while it attaches. */
const many = 1_000;

/** What is attached at once, and what only after all else. */
export function splitKprobes(place: Kprobes): {
  readonly first: Kprobes;
  readonly last?: Kprobes | undefined;
} {
  const { functions, together } = place;
  if (!together || functions.length < many) return { first: place };
  const last = functions.filter(({ symbol }) => isRunByPatching(symbol));
  if (last.length === 0) return { first: place };
  const first = functions.filter(({ symbol }) => !isRunByPatching(symbol));
  return { first: { ...place, functions: first }, last: { ...place, functions: last } };
}

/** Where links are kept; `useFor` those that go with a module. */
export interface Links {
  use(link: Disposable): void;
  useFor(module: string, link: Disposable): void;
}

export function attachKprobes(
  links: Links,
  program: FileDescriptor,
  { edge, together, functions }: Kprobes,
): void {
  const isReturn = edge === "return";
  if (together) {
    const link = linkMulti(program, {
      attachType: "kprobe-multi",
      symbols: addressesOf(functions) ?? functions.map(({ symbol }) => symbol),
      cookies: functions.map(({ cookie }) => cookie),
      isReturn,
    });
    links.use(link);
    return;
  }
  for (const { symbol, module, address, switch: path, cookie } of functions) {
    const link = collect((parts) => {
      const probe = parts.use(openKernelProbe({ symbol, address, isReturn }));
      parts.use(linkPerfEvent(program, probe, cookie));
      if (path !== undefined) parts.use(turnOn(path));
    });
    if (module === "vmlinux") links.use(link);
    else links.useFor(module, link);
  }
}

/** Undefined where not all have one. */
function addressesOf(functions: Kprobes["functions"]): BigUint64Array<ArrayBuffer> | undefined {
  const addresses = new BigUint64Array(functions.length);
  for (const [index, { address }] of functions.entries()) {
    if (address === undefined) return undefined;
    addresses[index] = address;
  }
  return addresses;
}
