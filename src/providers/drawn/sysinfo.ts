/** sysinfo: the kernel's statistics of the system, by Solaris' names; `arg0` is the increment. */

import { firstProbeId } from "../probe-ids.ts";
import { drawnProvider, type Way } from "./drawn-provider.ts";
import { commonStability } from "./stability.ts";
import { statistic } from "./statistic.ts";

const reads = ["read", "pread64", "readv", "preadv", "preadv2"];
const writes = ["write", "pwrite64", "writev", "pwritev", "pwritev2"];

const called = (...calls: readonly string[]): Way => ({ calls, edge: "entry" });

/** What the calls returned, where that is a number of bytes. */
const transferred = (calls: readonly string[]): Way => ({
  calls,
  edge: "return",
  when: "errno == 0 && (int64_t)arg0 > 0",
  values: ["arg0"],
});

/** REQ_OP_READ and REQ_OP_WRITE in the low byte (linux/blk_types.h). */
const blocks = (operation: number): Way => ({
  event: "block:block_bio_queue",
  when: `(args[0]->bi_opf & 0xff) == ${operation}`,
});

/** LCB_F_READ, LCB_F_WRITE and LCB_F_MUTEX of trace/events/lock.h. */
const contended = (flag: number): Way => ({
  event: "lock:contention_begin",
  when: `(args[1] & ${flag}) != 0`,
});

export const sysinfoProvider = drawnProvider({
  name: "sysinfo",
  firstId: firstProbeId.sysinfo,
  stability: commonStability,
  probes: [
    statistic("bread", blocks(0)),
    statistic("bwrite", blocks(1)),
    statistic("intr", { event: "irq:irq_handler_entry" }),
    statistic("inv_swtch", {
      event: "sched:sched_switch",
      when: "args[0] || args[3] == 0",
    }),
    statistic("modload", { event: "module:module_load" }),
    statistic("modunload", { event: "module:module_free" }),
    statistic("msg", called("msgsnd", "msgrcv")),
    statistic("mutex_adenters", contended(32)),
    statistic("nthreads", { event: "sched:sched_process_fork" }),
    statistic("pswitch", { event: "sched:sched_switch" }),
    statistic("readch", transferred(reads)),
    statistic("rw_rdfails", contended(2)),
    statistic("rw_wrfails", contended(4)),
    statistic("sema", called("semop", "semtimedop")),
    statistic("sysexec", called("execve", "execveat")),
    statistic("sysfork", called("fork", "clone", "clone3")),
    statistic("sysread", called(...reads)),
    statistic("sysvfork", called("vfork")),
    statistic("syswrite", called(...writes)),
    statistic(
      "trap",
      { event: "exceptions:page_fault_user" },
      { event: "exceptions:page_fault_kernel" },
    ),
    statistic("writech", transferred(writes)),
    statistic("xcalls", { event: "ipi:ipi_send_cpu" }, { event: "ipi:ipi_send_cpumask" }),
  ],
});
