/** sched: threads getting a CPU, leaving it, waiting for it and being woken. */

import { firstProbeId } from "../probe-ids.ts";
import { type DrawnArgument, drawnProvider, type Way } from "./drawn-provider.ts";
import { commonStability } from "./stability.ts";

const thread: DrawnArgument = { type: "struct task_struct *", translated: "lwpsinfo_t *" };
const process: DrawnArgument = { type: "struct task_struct *", translated: "psinfo_t *" };

const switching = "sched:sched_switch";

/** The end of the scheduler's work, in the thread that runs from there on. */
const schedulerEnd = "sched_exit_tp";
const scheduled = (when: string): Way => ({ event: schedulerEnd, when });

const woken = ["args[0]", "args[0]"];
const current = ["curthread", "curthread"];

/** Of the thread that is told of, as `pr_pri` has it. */
const realTime = 100;

/** How often the thread has left a CPU, and one: what was noted is not 0. */
const switches = "(curthread->nvcsw + curthread->nivcsw + 1)";

export const schedProvider = drawnProvider({
  name: "sched",
  firstId: firstProbeId.sched,
  stability: commonStability,
  probes: [
    {
      name: "on-cpu",
      ways: [
        scheduled("args[0]"),
        // A new thread has not come through the scheduler.
        {
          calls: ["clone", "clone3", "fork", "vfork"],
          edge: "return",
          when: "arg0 == 0 && errno == 0",
          besides: schedulerEnd,
        },
        // After every switch, also to a new thread.
        { functions: ["finish_task_switch"], edge: "entry", without: schedulerEnd },
      ],
    },
    {
      name: "off-cpu",
      arguments: [thread, process],
      ways: [{ event: switching, values: ["args[2]", "args[2]"] }],
    },
    {
      name: "enqueue",
      arguments: [thread, process, { type: "int", translated: "cpuinfo_t *" }],
      ways: ["sched:sched_wakeup", "sched:sched_wakeup_new"].map((event) => ({
        event,
        values: [...woken, "args[0]->thread_info.cpu"],
      })),
    },
    {
      name: "dequeue",
      arguments: [thread, process, { type: "int", translated: "cpuinfo_t *" }],
      ways: [{ event: switching, when: "args[3] != 0", values: ["args[1]", "args[1]", "cpu"] }],
    },
    { name: "sleep", ways: [{ event: switching, when: "!args[0] && args[3] != 0" }] },
    { name: "preempt", ways: [{ event: switching, when: "args[0] || args[3] == 0" }] },
    {
      name: "remain-cpu",
      ways: [
        scheduled("!args[0]"),
        {
          functions: ["schedule"],
          edge: "return",
          without: schedulerEnd,
          notes: [
            {
              functions: ["schedule"],
              edge: "entry",
              assignment: `self->__sched_switches = ${switches}`,
            },
          ],
          // There is no argument: but what has one is a trampoline, which sees every return.
          when: `arg2 == 0 && self->__sched_switches == ${switches}`,
        },
      ],
    },
    {
      name: "wakeup",
      arguments: [thread, process],
      ways: [{ event: "sched:sched_waking", values: woken }],
    },
    {
      name: "change-pri",
      arguments: [thread, process, { type: "int" }],
      ways: [
        {
          event: "sched:sched_pi_setprio",
          values: [
            ...woken,
            `(args[1] && args[1]->prio < args[0]->normal_prio
              ? args[1]->prio : args[0]->normal_prio) - ${realTime}`,
          ],
        },
        // Before it does anything; -20 is a nice value's least, 0 that of `pr_pri`.
        {
          functions: ["set_user_nice"],
          edge: "entry",
          when: "args[1] >= -20 && args[1] <= 19 && args[0]->static_prio - 120 != args[1]",
          values: [
            ...woken,
            "args[0]->policy == 0 || args[0]->policy == 3 ? args[1] + 20 : args[0]->prio - 100",
          ],
        },
        // What it makes of its parameters it does not tell before it has done so.
        {
          functions: ["__sched_setscheduler"],
          edge: "return",
          notes: [
            {
              functions: ["__sched_setscheduler"],
              edge: "entry",
              assignment: "self->__sched_priority = args[0]->prio",
            },
          ],
          when: "args[1] == 0 && args[2]->prio != self->__sched_priority",
          values: ["args[2]", "args[2]", `args[2]->prio - ${realTime}`],
        },
      ],
    },
    {
      name: "surrender",
      arguments: [thread, process],
      ways: [
        { event: "sched_set_need_resched_tp", values: woken },
        {
          functions: ["resched_curr"],
          edge: "entry",
          without: "sched_set_need_resched_tp",
          values: ["args[0]->curr", "args[0]->curr"],
        },
      ],
    },
    {
      name: "tick",
      arguments: [thread, process],
      ways: [
        {
          event: "timer:hrtimer_expire_entry",
          besides: schedulerEnd,
          when: "curthread->pid != 0 && (uintptr_t)args[0]->function == (uintptr_t)&`tick_nohz_handler",
          values: current,
        },
        // The second is its name before 6.10.
        {
          functions: ["sched_tick", "scheduler_tick"],
          edge: "entry",
          without: schedulerEnd,
          when: "curthread->pid != 0",
          values: current,
        },
      ],
    },
    {
      name: "cpucaps-sleep",
      arguments: [thread, process],
      ways: [
        { functions: ["throttle_cfs_rq"], edge: "return", when: "args[1] != 0", values: current },
      ],
    },
    { name: "cpucaps-wakeup", ways: [{ functions: ["unthrottle_cfs_rq"], edge: "entry" }] },
  ],
});
