/**
 * mib: the counters of the Internet's protocols that some event of the kernel tells of, by the names
 * of RFC 2011, 2012 and 2013 that Solaris and /proc/net/snmp share; `arg0` is the increment.
 */

import { firstProbeId } from "../probe-ids.ts";
import { type DrawnProbe, drawnProvider, type Way } from "./drawn-provider.ts";
import { commonStability } from "./stability.ts";

const counter = (name: string, ...ways: readonly Way[]): DrawnProbe => ({
  name,
  arguments: [{ type: "int64_t" }],
  ways: ways.map((way) => ({ ...way, values: ["1"] })),
});

/** sk_protocol and the states before and after. */
const transition = (from: number, to: number): Way => ({
  event: "sock:inet_sock_set_state",
  when: `args[0]->sk_protocol == 6 && args[1] == ${from} && args[2] == ${to}`,
});
const states = { established: 1, synSent: 2, synReceived: 3, closed: 7, closeWait: 8 };

const isV4 = "args[0]->protocol == htons(0x800)";
const isV6 = "args[0]->protocol == htons(0x86dd)";
const received = (when: string): Way => ({ event: "net:netif_receive_skb", when });
const sent = (when: string): Way => ({ event: "net:net_dev_queue", when });

const receivedProtocol = (number: number): Way =>
  received(
    `(${isV4} && args[0]->data[9] == ${number}) || (${isV6} && args[0]->data[6] == ${number})`,
  );
const header = "(args[0]->head + args[0]->network_header)";
const sentProtocol = (number: number): Way =>
  sent(`(${isV4} && ${header}[9] == ${number}) || (${isV6} && ${header}[6] == ${number})`);

export const mibProvider = drawnProvider({
  name: "mib",
  firstId: firstProbeId.mib,
  stability: commonStability,
  probes: [
    counter("ipInReceives", received(isV4)),
    counter("ipOutRequests", sent(isV4)),
    counter("ipv6InReceives", received(isV6)),
    counter("ipv6OutRequests", sent(isV6)),
    counter("icmpOutMsgs", { event: "icmp:icmp_send" }),
    counter("tcpActiveOpens", transition(states.closed, states.synSent)),
    counter("tcpPassiveOpens", transition(states.synReceived, states.established)),
    counter(
      "tcpAttemptFails",
      transition(states.synSent, states.closed),
      transition(states.synReceived, states.closed),
    ),
    counter(
      "tcpEstabResets",
      transition(states.established, states.closed),
      transition(states.closeWait, states.closed),
    ),
    counter("tcpInSegs", receivedProtocol(6)),
    counter("tcpOutSegs", sentProtocol(6)),
    counter("tcpOutRsts", { event: "tcp:tcp_send_reset" }),
    counter("tcpRetransSegs", { event: "tcp:tcp_retransmit_skb" }),
    counter("udpInDatagrams", receivedProtocol(17)),
    counter("udpOutDatagrams", sentProtocol(17)),
  ],
});
