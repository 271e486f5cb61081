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
    { name: "remain-cpu", ways: [scheduled("!args[0]")] },
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
          values: [...woken, "args[1] ? args[1]->prio : args[0]->normal_prio"],
        },
      ],
    },
    {
      name: "surrender",
      arguments: [thread, process],
      ways: [{ calls: ["sched_yield"], edge: "entry", values: ["curthread", "curthread"] }],
    },
  ],
});
