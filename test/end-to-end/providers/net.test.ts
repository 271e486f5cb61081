/** ip, tcp, udp and mib: against known numbers of connections and datagrams over the loopback device. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { buildProgram } from "../../harness/build-program.ts";
import { receivesPackets } from "../../harness/packet-threads.ts";
import { runDtrace } from "../../harness/run-dtrace.ts";

const ours = receivesPackets();

const program = `
tcp:::connect-request, tcp:::connect-refused, tcp:::accept-refused /${ours}/
{ @[probename, args[2]->ip_saddr, args[2]->ip_daddr, args[4]->tcp_flags] = count(); }
tcp:::connect-established, tcp:::accept-established /${ours}/
{ @[probename, args[3]->tcps_raddr, args[2]->ip_saddr, args[3]->tcps_state == TCP_STATE_ESTABLISHED] = count(); }
tcp:::state-change /${ours}/
{ @states[tcp_state_string[args[5]->tcps_state], tcp_state_string[args[3]->tcps_state]] = count(); }
tcp:::send, tcp:::receive /${ours}/
{ @bytes[probename] = sum(args[2]->ip_plength - args[4]->tcp_offset); }
udp:::send, udp:::receive /${ours}/ { @udp[probename, args[4]->udp_length] = count(); }
ip:::send, ip:::receive /(${ours}) && (args[4]->ipv4_protocol == IPPROTO_UDP || args[5]->ipv6_nexthdr == IPPROTO_UDP)/
{ @ip[probename, args[3]->if_name, args[2]->ip_ver] = count(); }
END {
  printa("%s %s %s %x: %@d\\n", @); printa("%s > %s: %@d\\n", @states);
  printa("%s %@d bytes\\n", @bytes); printa("udp %s of %d: %@d\\n", @udp);
  printa("ip %s on %s, version %d: %@d\\n", @ip);
}`;

for (const [version, address] of [
  [4, "127.0.0.1"],
  [6, "::1"],
] as const) {
  test(`connections and datagrams of version ${version} are counted as they were made`, async () => {
    const command = `${buildProgram("connections")} ${version}`;
    const traced = await runDtrace(["-qn", program, "-c", command], { timeoutMs: 60_000 });
    assert.equal(traced.stderr, "");
    const expected = [
      `accept-established ${address} ${address} 1: 5`,
      `accept-refused ${address} ${address} 14: 3`,
      `connect-established ${address} ${address} 1: 5`,
      `connect-refused ${address} ${address} 14: 3`,
      `connect-request ${address} ${address} 2: 8`,
      // 5 times 5 bytes and 10 bytes.
      "send 75 bytes",
      "receive 75 bytes",
      "udp send of 18: 7",
      "udp receive of 18: 7",
      `ip send on lo, version ${version}: 7`,
      `ip receive on lo, version ${version}: 7`,
      "state-closed > state-syn-sent: 8",
      "state-syn-sent > state-established: 5",
      "state-syn-sent > state-closed: 3",
      "state-listen > state-syn-received: 5",
      "state-syn-received > state-established: 5",
    ];
    const lines = new Set(traced.stdout.split("\n"));
    const missing = expected.filter((line) => !lines.has(line));
    assert.deepEqual(missing, [], traced.stdout);
  });
}

test("mib counts what happens to connections and datagrams", async () => {
  const counted = `mib::: /${ours}/ { @[probename] = sum(arg0); } END { printa("%s %@d\\n", @); }`;
  const command = `${buildProgram("connections")} 4`;
  const traced = await runDtrace(["-qn", counted, "-c", command], { timeoutMs: 60_000 });
  assert.equal(traced.stderr, "");
  const lines = traced.stdout.split("\n").filter((line) => line !== "");
  const numbers = new Map(
    lines.map((line) => line.split(" ")).map(([name, number]) => [name, Number(number)]),
  );
  const wanted = {
    tcpActiveOpens: 8,
    tcpPassiveOpens: 5,
    tcpAttemptFails: 3,
    tcpOutRsts: 3,
    udpInDatagrams: 7,
    udpOutDatagrams: 7,
  };
  const found = Object.keys(wanted).map((name) => [name, numbers.get(name)] as const);
  assert.deepEqual(Object.fromEntries(found), wanted);
  assert.equal(numbers.get("tcpInSegs"), numbers.get("tcpOutSegs"));
});
