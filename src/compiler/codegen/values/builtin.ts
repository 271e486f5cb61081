/** D's built-in variables that are numbers. */

import { assertNever } from "../../../base/assert-never.ts";
import type { BuiltinName, CheckedExpression } from "../../check/checked-program.ts";
import type { Value, Virtual } from "../../ir/ir.ts";
import { mapNames, stateWords } from "../../runtime-layout.ts";
import type { DType } from "../../types/d-type.ts";
import { generateCaller, generateStackDepth } from "../actions/stacks.ts";
import { probeRegister } from "../contexts/instruction.ts";
import { generateRunTime } from "../contexts/run-clock.ts";
import type { Firing } from "../firing/firing.ts";
import { kernelOffset, optionalOffset } from "../firing/kernel-structures.ts";
import { stringAddress } from "../strings/materialize.ts";
import { generateString } from "../strings/operand.ts";
import { generateValue } from "./expression.ts";
import { addressOf, readKernel } from "./location.ts";
import { extendTo, scalarOf } from "./scalar.ts";

export function generateBuiltin(firing: Firing, name: BuiltinName, type: DType): Value {
  const scalar = scalarOf(type);
  if (!scalar) return stringAddress(firing, generateString(firing, builtin(name, type)));
  const value = generateWord(firing, name);
  // The identifiers of the kernel are never negative: zero-extended is sign-extended.
  return unextended.has(name) ? value : extendTo(firing.emitter, value, scalar);
}

const unextended: ReadonlySet<BuiltinName> = new Set<BuiltinName>([
  "cpu",
  "epid",
  "errno",
  "gid",
  "id",
  "pid",
  "ppid",
  "stackdepth",
  "tid",
  "uid",
  "ustackdepth",
  "ipl",
]);

const noSpan = { start: 0, end: 0, line: 0 };

const builtin = (name: BuiltinName, type: DType): CheckedExpression => ({
  kind: "builtin",
  name,
  type,
  span: noSpan,
});

function generateWord(firing: Firing, name: BuiltinName): Value {
  const { emitter, source, clause, identity } = firing;
  switch (name) {
    case "arg0":
    case "arg1":
    case "arg2":
    case "arg3":
    case "arg4":
    case "arg5":
    case "arg6":
    case "arg7":
    case "arg8":
    case "arg9":
      return source.argument(Number(name.slice(3)));
    case "caller":
      return generateCaller(firing, "kernel");
    case "ucaller":
      return generateCaller(firing, "user");
    case "cpu":
      return emitter.callOnce("bpf_get_smp_processor_id");
    case "curthread":
      return emitter.callOnce("bpf_get_current_task");
    case "epid":
      return clause.epid;
    case "errno":
      return source.errno();
    case "gid":
      return emitter.alu(">>", emitter.callOnce("bpf_get_current_uid_gid"), 32n);
    case "uid":
      return emitter.extend(emitter.callOnce("bpf_get_current_uid_gid"), 4, false);
    case "id":
      return identity.probeId;
    case "ipl":
      return 0n;
    case "pid":
      return generateProcessId(firing);
    case "tid":
      return generateThreadId(firing);
    case "ppid":
      return generateParentId(firing);
    case "stackdepth":
      return generateStackDepth(firing, "kernel");
    case "ustackdepth":
      return generateStackDepth(firing, "user");
    case "timestamp":
      return firing.timestamp ?? emitter.callOnce("bpf_ktime_get_ns");
    case "vtimestamp":
      return generateRunTime(firing);
    case "walltimestamp":
      return generateWallClock(firing);
    case "execargs":
    case "execname":
    case "probefunc":
    case "probemod":
    case "probename":
    case "probeprov":
      throw new Error(`${name} is no number`);
    default:
      return assertNever(name);
  }
}

const currentTask = (firing: Firing): Virtual =>
  firing.emitter.callOnce("bpf_get_current_task_btf");

function generateProcessId(firing: Firing): Value {
  const { emitter } = firing;
  return (
    memberOfKnownTask(firing, "tgid") ??
    emitter.alu(">>", emitter.callOnce("bpf_get_current_pid_tgid"), 32n)
  );
}

function generateThreadId(firing: Firing): Value {
  const { emitter } = firing;
  return (
    memberOfKnownTask(firing, "pid") ??
    emitter.extend(emitter.callOnce("bpf_get_current_pid_tgid"), 4, false)
  );
}

/** Every system call looks at the task, to tell 32-bit ones: another helper would be another call. */
function memberOfKnownTask(firing: Firing, member: "tgid" | "pid"): Value | undefined {
  const isKnown = firing.kind === "system-call" || firing.kind === "system-call-function";
  const offset = isKnown ? firing.enabling.taskOffset(member) : undefined;
  return offset === undefined ? undefined : firing.emitter.loadOnce(currentTask(firing), offset, 4);
}

function generateParentId(firing: Firing): Value {
  const { emitter } = firing;
  const parent = emitter.load(currentTask(firing), kernelOffset(firing, "real_parent"), 8);
  const offset = kernelOffset(firing, "tgid");
  return readKernel(firing, { kind: "address", address: parent, offset }, 4);
}

function generateWallClock({ emitter }: Firing): Value {
  const offset = emitter.load(emitter.mapValue(mapNames.state, stateWords.wallClockOffset), 0, 8);
  return emitter.add(emitter.callOnce("bpf_ktime_get_tai_ns"), offset);
}

/** Only probes of instructions have them. */
export function generateProbeRegister({ emitter, probes }: Firing, register: number): Value {
  const context = probes[0]?.context;
  if (context?.kind !== "instruction") throw new Error("a probe without registers");
  return probeRegister(emitter, context.architecture, register);
}

/** By the places in `struct pt_regs`, in 64-bit words. */
export function generateUserRegister(firing: Firing, index: CheckedExpression): Value {
  const { emitter } = firing;
  const position = generateValue(firing, index);
  const registers = emitter.call("bpf_task_pt_regs", currentTask(firing));
  if (typeof position === "bigint") {
    const offset = Number(position) * 8;
    // arm64's number of the call is the one register of 32 bits.
    const isCall = offset === optionalOffset(firing, "pt_regs", "syscallno");
    return emitter.load(registers, offset, isCall ? 4 : 8);
  }
  const offset = emitter.alu("*", position, 8n);
  const address = emitter.add(
    addressOf(firing, { kind: "address", address: registers, offset: 0 }),
    offset,
  );
  return readKernel(firing, { kind: "address", address, offset: 0 }, 8);
}
