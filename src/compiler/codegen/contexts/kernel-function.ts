/** Entry and return of kernel functions through kprobes: the context is the registers there. */

import type { Probe, ProbeContext } from "../../environment.ts";
import type { Value } from "../../ir/ir.ts";
import type { Emitter } from "../firing/emitter.ts";
import type { EventSource } from "../firing/firing.ts";

interface Registers {
  /** Offsets in `struct pt_regs` of the registers that parameters are passed in. */
  readonly parameters: readonly number[];
  readonly returned: number;
  readonly stack: number;
  /** Of the first parameter that is not in a register, from the stack pointer at the entry. */
  readonly firstOnStack: number;
}

const registersOf: Readonly<Record<"x64" | "arm64", Registers>> = {
  // arch/x86/include/asm/ptrace.h
  x64: { parameters: [112, 104, 96, 88, 72, 64], returned: 80, stack: 152, firstOnStack: 8 },
  // arch/arm64/include/asm/ptrace.h
  arm64: {
    parameters: [0, 8, 16, 24, 32, 40, 48, 56],
    returned: 0,
    stack: 248,
    firstOnStack: 0,
  },
};

type FunctionContext = Extract<ProbeContext, { readonly kind: "kernel-function" }>;

export function functionSource(emitter: Emitter, context: FunctionContext): EventSource {
  const registers = registersOf[context.architecture];
  return context.edge === "entry"
    ? entrySource(emitter, registers)
    : returnSource(emitter, registers);
}

/** One by one, more take too long. */
const mostApart = 100;

/**
 * One link to many functions keeps their modules from being unloaded: as long as there are few,
 * functions of modules have links of their own, which do not.
 */
export function apartModules(probes: Iterable<Probe>): (probe: Probe) => boolean {
  let count = 0;
  for (const probe of probes) if (isOfModule(probe)) count += 1;
  return count > mostApart ? isPublished : isOfModule;
}

export const isOfModule = ({ context }: Probe): boolean =>
  context.kind === "kernel-function" && context.module !== "vmlinux";

/** A probe that its module publishes: it is to hold the module never. */
const isPublished = ({ context }: Probe): boolean =>
  context.kind === "kernel-function" && context.switch !== undefined;

function entrySource(
  emitter: Emitter,
  { parameters, stack, firstOnStack }: Registers,
): EventSource {
  const onStack = (position: number): Value => {
    const slot = emitter.temporary(8);
    const pointer = emitter.loadOnce(emitter.context(), stack, 8);
    const address = emitter.add(pointer, BigInt(firstOnStack + position * 8));
    emitter.call("bpf_probe_read_kernel", emitter.frameAddress(slot), 8n, address);
    return emitter.load(emitter.frameAddress(slot), 0, 8);
  };
  return {
    argument(index) {
      const offset = parameters[index];
      if (offset === undefined) return onStack(index - parameters.length);
      return emitter.loadOnce(emitter.context(), offset, 8);
    },
    errno: () => 0n,
  };
}

/** `arg0`, the offset of the return in the function, is not known; `arg1` is the value. */
function returnSource(emitter: Emitter, { returned }: Registers): EventSource {
  return {
    argument: (index) => (index === 1 ? emitter.loadOnce(emitter.context(), returned, 8) : 0n),
    errno: () => 0n,
  };
}
