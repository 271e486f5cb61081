/** io: block input and output, from when a request is handed to its device until it is done. */

import { firstProbeId } from "../probe-ids.ts";
import { type DrawnArgument, drawnProvider } from "./drawn-provider.ts";
import { commonStability } from "./stability.ts";

const buffer: readonly DrawnArgument[] = ["bufinfo_t *", "devinfo_t *", "fileinfo_t *"].map(
  (translated) => ({ type: "struct request *", translated }),
);
const same = (value: string): readonly string[] => [value, value, value];

/** What a thread waits for is not told: only that it waits. */
const unknown = same("(struct request *)0");

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
      arguments: buffer,
      // A request may be done in parts.
      ways: [
        {
          event: "block:block_rq_complete",
          when: "args[2] >= args[0]->__data_len",
          values: same("args[0]"),
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
      ways: [{ event: "sched_exit_tp", when: "args[0] && curthread->in_iowait", values: unknown }],
    },
  ],
});
