/**
 * vminfo: the kernel's statistics of memory, by the names of /proc/vmstat and by Solaris' names;
 * `arg0` is the increment. Those that no event of the kernel tells of are not there.
 */

import { firstProbeId } from "../probe-ids.ts";
import { drawnProvider, type Way } from "./drawn-provider.ts";
import { commonStability } from "./stability.ts";
import { statistic } from "./statistic.ts";

/** perf's own count of page faults (PERF_COUNT_SW_PAGE_FAULTS and its kin). */
const faults = (config: 2 | 5 | 6): Way => ({
  counts: { type: "software", config, mode: "all" },
});

/** REQ_OP_READ and REQ_OP_WRITE; the kernel counts sectors and shows kilobytes. */
const paged = (operation: number, value: string): Way => ({
  event: "block:block_bio_queue",
  when: `(args[0]->bi_opf & 0xff) == ${operation} && args[0]->bi_iter.bi_size > 0`,
  values: [value],
});
const sectors = "args[0]->bi_iter.bi_size >> 9";

const allocated: Way = {
  event: "kmem:mm_page_alloc",
  when: "args[0] != NULL",
  values: ["1 << args[1]"],
};
const freed: Way = { event: "kmem:mm_page_free", values: ["1 << args[1]"] };
const scanned: Way = { event: "vmscan:mm_vmscan_lru_isolate", values: ["args[4]"] };
const reclaimed: Way = { event: "vmscan:mm_vmscan_lru_shrink_inactive", values: ["args[2]"] };
const woken: Way = { event: "vmscan:mm_vmscan_wakeup_kswapd" };

export const vminfoProvider = drawnProvider({
  name: "vminfo",
  firstId: firstProbeId.vminfo,
  stability: commonStability,
  probes: [
    statistic("as_fault", faults(2)),
    statistic("maj_fault", faults(6)),
    statistic("dfree", freed),
    statistic("pgin", paged(0, "1")),
    statistic("pgout", paged(1, "1")),
    statistic("pgpgin", paged(0, sectors)),
    statistic("pgpgout", paged(1, sectors)),
    statistic("pgrrun", woken),
    statistic("rev", { event: "vmscan:mm_vmscan_kswapd_wake" }),
    statistic("scan", scanned),
    statistic("pgfault", faults(2)),
    statistic("pgmajfault", faults(6)),
    statistic("pgalloc", allocated),
    statistic("pgfree", freed),
    statistic("pgscan", scanned),
    statistic("pgsteal", reclaimed),
    statistic("pageoutrun", { event: "vmscan:mm_vmscan_kswapd_wake" }),
    statistic("allocstall", { event: "vmscan:mm_vmscan_direct_reclaim_begin" }),
    statistic("compact_stall", { event: "compaction:mm_compaction_try_to_compact_pages" }),
    statistic("kcompactd_wake", { event: "compaction:mm_compaction_kcompactd_wake" }),
    statistic("oom_kill", { event: "oom:mark_victim" }),
  ],
});
