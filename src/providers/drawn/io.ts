/** io: block input and output, from when a request is handed to its device until it is done. */

import { firstProbeId } from "../probe-ids.ts";
import { type DrawnArgument, drawnProvider } from "./drawn-provider.ts";
import { commonStability } from "./stability.ts";

const buffer: readonly DrawnArgument[] = ["bufinfo_t *", "devinfo_t *", "fileinfo_t *"].map(
  (translated) => ({ type: "struct request *", translated }),
);
const same = (value: string): readonly string[] => [value, value, value];

/** What came of a request is told besides: b_error and B_ERROR are made of it. */
const answered: readonly DrawnArgument[] = [
  { type: "answered_request_t *", translated: "bufinfo_t *" },
  ...buffer.slice(1),
  { type: "uint8_t" },
];

/** What a thread waits for is not told: only that it waits. */
const unknown = same("(struct request *)0");

const schedulerEnd = "sched_exit_tp";

export const ioProvider = drawnProvider({
  name: "io",
  firstId: firstProbeId.io,
  stability: commonStability,
  probes: [
    {
      name: "start",
      arguments: buffer,
      ways: [{ event: "block:block_rq_issue", values: same("args[0]") }],
    },
    {
      name: "done",
      arguments: answered,
      // A request may be done in parts.
      ways: [
        {
          event: "block:block_rq_complete",
          when: "args[2] >= args[0]->__data_len",
          values: ["(answered_request_t *)args[0]", "args[0]", "args[0]", "args[1]"],
        },
      ],
    },
    {
      name: "wait-start",
      arguments: buffer,
      ways: [
        {
          event: "sched:sched_switch",
          when: "args[1]->in_iowait && args[3] != 0",
          values: unknown,
        },
      ],
    },
    {
      name: "wait-done",
      arguments: buffer,
      ways: [
        { event: schedulerEnd, when: "args[0] && curthread->in_iowait", values: unknown },
        // After every switch, in the thread that runs from there on.
        {
          functions: ["finish_task_switch"],
          edge: "entry",
          without: schedulerEnd,
          when: "curthread->in_iowait",
          values: unknown,
        },
      ],
    },
  ],
});
