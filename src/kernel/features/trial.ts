/** Tiny real programs and maps: what the kernel says when it is asked for one. Nothing is attached. */

import { encodeProgram } from "../../bpf/encode.ts";
import type { HelperName } from "../../bpf/helpers.ts";
import type { Instruction, Register } from "../../bpf/instruction.ts";
import { type AttachType, type ProgramType, programLicence } from "../../bpf/program-spec.ts";
import { loadProgram, type ProgramLoad } from "../bpf-syscall.ts";
import type { BtfSource } from "../btf-source.ts";
import type { FileDescriptor } from "../descriptor.ts";
import { errnoName, objectionIn } from "../kernel-error.ts";

/** Why something is not there; undefined where it is. */
export type Lack = string | undefined;

/** What a program is tried as; `attachTo` is a function or, for tp_btf, a tracepoint. */
export interface ProgramKind {
  readonly type: ProgramType;
  readonly attachType?: AttachType;
  readonly attachTo?: string;
  /** The id of its type, where that is known. */
  readonly attachId?: number;
}

const logSize = 1 << 16;

const exit: readonly Instruction[] = [
  { op: "move", width: 64, into: 0, from: { immediate: 0 } },
  { op: "exit" },
];

/** Loads the instructions, followed by a return of 0. */
export function tryProgram(
  types: BtfSource,
  kind: ProgramKind,
  instructions: readonly Instruction[],
): ProgramLoad {
  const encoded = encodeProgram(
    {
      name: "dtrace_trial",
      type: kind.type,
      functions: [
        {
          name: "trial",
          role: "entry",
          instructions: [...instructions, ...exit].map((instruction) => ({
            instruction,
            span: undefined,
          })),
        },
      ],
    },
    {
      mapDescriptor: () => -1,
      kernelFunction: (name) => kernelFunctionId(types, name) ?? 0,
    },
  );
  return tryBytes(types, kind, encoded.bytes);
}

/** For instructions that programs of ours do not use yet. */
export function tryBytes(types: BtfSource, kind: ProgramKind, bytes: ArrayBuffer): ProgramLoad {
  const attributes = {
    name: "dtrace_trial",
    type: kind.type,
    attachType: kind.attachType,
    attachBtfId: attachIdOf(types, kind),
    instructions: bytes,
    licence: programLicence,
    functions: undefined,
  };
  return loadProgram(attributes, logSize);
}

/** At a function of the core kernel, by its type. */
export function tryTrampoline(
  types: BtfSource,
  typeId: number,
  attachType: "trace-fentry" | "trace-fexit",
): ProgramLoad {
  return tryProgram(types, { type: "tracing", attachType, attachId: typeId }, []);
}

/** Closes what was loaded. */
export function lackOf(load: ProgramLoad): Lack {
  if (load.kind === "refused") return describeRefusal(load);
  load.descriptor[Symbol.dispose]();
  return undefined;
}

/** Hands a loaded program on, and closes it afterwards. */
export function withProgram(load: ProgramLoad, use: (program: FileDescriptor) => Lack): Lack {
  if (load.kind === "refused") return describeRefusal(load);
  using program = load.descriptor;
  return use(program);
}

const refusedHelper = /unknown func|invalid func|program of this type cannot use helper/;

export function tryHelper(types: BtfSource, kind: ProgramKind, helper: HelperName): Lack {
  const load = tryProgram(types, kind, [{ op: "call-helper", helper }]);
  // Any other objection is to the arguments, which are missing.
  if (load.kind === "refused" && load.log !== "" && !refusedHelper.test(load.log)) return undefined;
  return lackOf(load);
}

/** Objections of the verifier to the call itself; all others are to its arguments. */
const refusedFunction =
  /is not allowed|is not available|is required|not supported|without CONFIG|unresolved|fail_kfunc/;

export function tryKernelFunction(types: BtfSource, name: string): Lack {
  if (kernelFunctionId(types, name) === undefined) return "not in this kernel";
  const zeros = ([1, 2, 3, 4, 5] as readonly Register[]).map(
    (into): Instruction => ({ op: "move", width: 64, into, from: { immediate: 0 } }),
  );
  const load = tryProgram(types, { type: "raw-tracepoint" }, [
    ...zeros,
    { op: "call-kfunc", name },
  ]);
  if (load.kind === "refused" && load.log !== "" && !refusedFunction.test(load.log)) {
    return undefined;
  }
  return lackOf(load);
}

/** The BTF id in vmlinux. */
export function kernelFunctionId(types: BtfSource, name: string): number | undefined {
  return types.kernelTypes("vmlinux")?.findType(name, "function");
}

function attachIdOf(
  types: BtfSource,
  { attachType, attachTo, attachId }: ProgramKind,
): number | undefined {
  if (attachTo === undefined) return attachId;
  return attachType === "trace-raw-tracepoint"
    ? types.kernelTypes("vmlinux")?.findType(`btf_trace_${attachTo}`, "typedef")
    : kernelFunctionId(types, attachTo);
}

/** The errno, and the verifier's objection where it has one. */
function describeRefusal({ errno, log }: Extract<ProgramLoad, { kind: "refused" }>): string {
  return log === "" ? errnoName(errno) : `${errnoName(errno)}: ${objectionIn(log)}`;
}
