/** Functions that share a name: the lists of modules, mounts and mappings each begin in an m_start. */

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { runDtrace } from "../../harness/run-dtrace.ts";

/** From Linux 6.5 on; mounted by the guest. */
const areTold = existsSync("/sys/kernel/tracing/available_filter_functions_addrs");

const program = `fbt::m_start:entry, fbt::m_start:return /pid == $target/
{ @[probename, id - (probename == "return")] = count(); }
END { printa("%s %d %@d\\n", @); }`;

interface Count {
  readonly edge: string;
  readonly id: string;
  readonly count: number;
}

async function countsOf(mechanism: string, file: string): Promise<readonly Count[]> {
  process.env["DTRACE_FBT"] = mechanism;
  try {
    const { stdout, stderr } = await runDtrace(["-qn", program, "-c", `/bin/cat ${file}`]);
    assert.equal(stderr, "");
    const lines = stdout.split("\n").map((line) => line.split(" "));
    return lines.flatMap(([edge, id, count]) =>
      (edge === "entry" || edge === "return") && id !== undefined
        ? [{ edge, id, count: Number(count) }]
        : [],
    );
  } finally {
    delete process.env["DTRACE_FBT"];
  }
}

if (areTold) {
  for (const mechanism of ["fentry", "multi", "kprobe"]) {
    test(`each is a probe of its own by ${mechanism}`, async () => {
      const ids = new Set<string>();
      for (const file of ["/proc/modules", "/proc/self/mounts"]) {
        const counts = await countsOf(mechanism, file);
        const edges = counts.map(({ edge }) => edge).toSorted();
        assert.deepEqual(edges, ["entry", "return"], JSON.stringify(counts));
        const [entry, back] = counts;
        assert.deepEqual([entry?.id, entry?.count], [back?.id, back?.count]);
        ids.add(entry?.id ?? "");
      }
      assert.equal(ids.size, 2);
    });
  }
} else {
  test("they have no probes where nothing tells them apart", async () => {
    const { stderr, status } = await runDtrace(["-n", "fbt::m_start:entry"]);
    assert.match(stderr, /probe description fbt::m_start:entry does not match any probes/);
    assert.equal(status, 1);
  });
}
