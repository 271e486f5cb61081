/** notifier against a script that loads modules and gives addresses to an interface. */

import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { runDtrace } from "../../harness/run-dtrace.ts";

const folder = mkdtempSync(join(tmpdir(), "dtrace-notifier-"));
after(() => rmSync(folder, { recursive: true }));

const rounds = 5;
const workload = join(folder, "workload");
writeFileSync(
  workload,
  `#!/bin/sh
set -e
for round in 1 2 3 4 5; do
  modprobe dummy numdummies=0
  ip link add lab0 type dummy
  ip link set lab0 addrgenmode none
  ip link set lab0 up
  ip addr add 10.9.9.1/24 dev lab0
  ip addr add 10.9.8.1/24 dev lab0
  ip -6 addr add fd00::1/64 dev lab0 nodad
  ip link del lab0
  rmmod dummy
done
`,
);
chmodSync(workload, 0o755);

async function trace(program: string): Promise<readonly string[]> {
  const { stdout, stderr } = await runDtrace(["-q", "-c", workload, "-n", program], {
    timeoutMs: 120_000,
  });
  assert.equal(stderr.replaceAll(/^dtrace: pid .* exited.*\n/gm, ""), "");
  return stdout.trim().split("\n");
}

/** MODULE_STATE_LIVE, _COMING and _GOING of linux/module.h. */
test("a chain's probe fires when it is called, with what has happened", async () => {
  assert.deepEqual(
    await trace(
      `notifier::blocking:module_notify_list
       /stringof(((struct module *)args[1])->name) == "dummy"/
       { @[probefunc, probename, args[0]] = count(); }
       END { printa("%s %s %d %@d\\n", @); }`,
    ),
    [0, 1, 2].map((state) => `blocking module_notify_list ${state} ${rounds}`),
  );
});

/** NETDEV_UP and NETDEV_DOWN of linux/netdevice.h. */
test("chains of each kind are told apart", async () => {
  assert.deepEqual(
    await trace(
      `notifier:::netdev_chain
       /args[0] <= 2 && ((struct netdev_notifier_info *)args[1])->dev->name == "lab0"/
       { @[probefunc, probename, args[0]] = count(); }
       notifier:::inetaddr_chain
       /((struct in_ifaddr *)args[1])->ifa_dev->dev->name == "lab0"/
       { @[probefunc, probename, args[0]] = count(); }
       notifier:::inet6addr_chain
       /((struct inet6_ifaddr *)args[1])->idev->dev->name == "lab0"/
       { @[probefunc, probename, args[0]] = count(); }
       END { setopt("aggsortkey"); printa("%s %s %d %@d\\n", @); }`,
    ),
    [
      `atomic inet6addr_chain 1 ${rounds}`,
      `atomic inet6addr_chain 2 ${rounds}`,
      `blocking inetaddr_chain 1 ${2 * rounds}`,
      `blocking inetaddr_chain 2 ${2 * rounds}`,
      `raw netdev_chain 1 ${rounds}`,
      `raw netdev_chain 2 ${rounds}`,
    ],
  );
});

test("all chains at once", async () => {
  const [count] = await trace(
    `notifier::: { fired++; }
     notifier:::module_notify_list /args[1] != 0/ { calls++; }
     END { printf("%d %d", fired > calls, calls >= ${3 * rounds}); }`,
  );
  assert.equal(count, "1 1");
});
