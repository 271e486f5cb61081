/** proc: processes and threads being made, executing, ending, and the signals between them. */

import { firstProbeId } from "../probe-ids.ts";
import { type DrawnArgument, drawnProvider, type Way } from "./drawn-provider.ts";
import { commonStability } from "./stability.ts";

const process: DrawnArgument = { type: "struct task_struct *", translated: "psinfo_t *" };
const thread: DrawnArgument = { type: "struct task_struct *", translated: "lwpsinfo_t *" };
const signal: DrawnArgument = { type: "int" };
const signalInformation: DrawnArgument = { type: "siginfo_t *" };

/** The kernel's own signals carry one of these in place of information (linux/sched/signal.h). */
const hasInformation = "(uintptr_t)args[1] > 1";

/** CLD_EXITED, CLD_DUMPED or CLD_KILLED, from the status that wait() would give. */
const exitReason =
  "(args[0]->exit_code & 0x7f) == 0 ? 1 : (args[0]->exit_code & 0x80) != 0 ? 3 : 2";

/** PF_IO_WORKER, PF_USER_WORKER and PF_KTHREAD of linux/sched.h: they never leave the kernel. */
const kernelOnly = 0x20_4010;

/**
 * The first thing a child does is to return from the call that made it, with 0. arm64 tells nobody
 * of that: there it is the first function that a child calls, and not the kernel's own threads.
 */
const newborn: readonly (Way & { readonly when: string })[] = [
  {
    architecture: "x64",
    calls: ["clone", "clone3", "fork", "vfork"],
    edge: "return",
    when: "arg0 == 0 && errno == 0",
  },
  {
    architecture: "arm64",
    functions: ["schedule_tail"],
    edge: "return",
    when: `!(curthread->flags & ${kernelOnly})`,
  },
];

/** Signals of machine faults, with the fault each stands for (FLTILL … of sys/fault.h). */
const faults = {
  when: `${hasInformation} && args[1]->si_code > 0 && args[1]->si_code < 0x80 &&
    (args[0] == 4 || args[0] == 5 || args[0] == 7 || args[0] == 8 || args[0] == 11)`,
  number: `args[0] == 4 ? 1 :
    args[0] == 5 ? (args[1]->si_code == 2 ? 4 : 3) :
    args[0] == 7 ? 5 :
    args[0] == 8 ? (args[1]->si_code == 1 ? 8 : 9) :
    args[1]->si_code == 2 ? 5 : 6`,
};

export const procProvider = drawnProvider({
  name: "proc",
  firstId: firstProbeId.proc,
  stability: commonStability,
  probes: [
    {
      name: "create",
      arguments: [process],
      ways: [
        {
          event: "sched:sched_process_fork",
          when: "args[1]->pid == args[1]->tgid",
          values: ["args[1]"],
        },
      ],
    },
    {
      name: "exec",
      arguments: [{ type: "string" }],
      ways: [
        { calls: ["execve"], edge: "entry", values: ["copyinstr(arg0)"] },
        { calls: ["execveat"], edge: "entry", values: ["copyinstr(arg1)"] },
      ],
    },
    { name: "exec-success", ways: [{ event: "sched:sched_process_exec" }] },
    {
      name: "exec-failure",
      arguments: [{ type: "int" }],
      ways: [
        { calls: ["execve", "execveat"], edge: "return", when: "errno != 0", values: ["errno"] },
      ],
    },
    {
      name: "exit",
      arguments: [{ type: "int" }],
      ways: [
        {
          event: "sched:sched_process_exit",
          parameters: 1,
          when: "args[0]->signal->live.counter == 0",
          values: [exitReason],
        },
        {
          event: "sched:sched_process_exit",
          parameters: 2,
          when: "args[1]",
          values: [exitReason],
        },
      ],
    },
    {
      name: "fault",
      arguments: [{ type: "int" }, signalInformation],
      ways: [
        { event: "signal:signal_generate", when: faults.when, values: [faults.number, "args[1]"] },
      ],
    },
    {
      name: "lwp-create",
      arguments: [thread, process],
      ways: [{ event: "sched:sched_process_fork", values: ["args[1]", "args[1]"] }],
    },
    { name: "lwp-start", ways: newborn },
    { name: "lwp-exit", ways: [{ event: "sched:sched_process_exit" }] },
    {
      name: "signal-send",
      arguments: [thread, process, signal],
      ways: [{ event: "signal:signal_generate", values: ["args[2]", "args[2]", "args[0]"] }],
    },
    {
      name: "signal-discard",
      arguments: [thread, process, signal],
      ways: [
        {
          event: "signal:signal_generate",
          // TRACE_SIGNAL_IGNORED
          when: "args[4] == 1",
          values: ["args[2]", "args[2]", "args[0]"],
        },
      ],
    },
    {
      name: "signal-handle",
      arguments: [signal, signalInformation, { type: "void (*)(void)" }],
      ways: [
        {
          event: "signal:signal_deliver",
          values: ["args[0]", "args[1]", "args[2]->sa.sa_handler"],
        },
      ],
    },
    {
      name: "signal-clear",
      arguments: [signal],
      ways: [
        {
          calls: ["rt_sigtimedwait", "rt_sigtimedwait_time64"],
          edge: "return",
          when: "errno == 0 && (int)arg0 > 0",
          values: ["arg0"],
        },
      ],
    },
    {
      name: "start",
      ways: newborn.map((way) => ({ ...way, when: `${way.when} && pid == tid` })),
    },
  ],
});
