/**
 * mib: the counters of the Internet's protocols that some event of the kernel tells of, by the names
 * of RFC 2011, 2012 and 2013 that Solaris and /proc/net/snmp share; `arg0` is the increment.
 */

import { firstProbeId } from "../probe-ids.ts";
import { drawnProvider, type Way } from "./drawn-provider.ts";
import { commonStability } from "./stability.ts";
import { statistic } from "./statistic.ts";

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
/** Of the flags of TCP, in the byte 13 of its header. */
const reset = 4;
const sentReset = sent(
  `(${isV4} && ${header}[9] == 6 && (${header}[(${header}[0] & 15) * 4 + 13] & ${reset})) ||
   (${isV6} && ${header}[6] == 6 && (${header}[40 + 13] & ${reset}))`,
);

export const mibProvider = drawnProvider({
  name: "mib",
  firstId: firstProbeId.mib,
  stability: commonStability,
  probes: [
    statistic("ipInReceives", received(isV4)),
    statistic("ipOutRequests", sent(isV4)),
    statistic("ipv6InReceives", received(isV6)),
    statistic("ipv6OutRequests", sent(isV6)),
    statistic("icmpOutMsgs", { event: "icmp:icmp_send" }),
    statistic("tcpActiveOpens", transition(states.closed, states.synSent)),
    statistic("tcpPassiveOpens", transition(states.synReceived, states.established)),
    statistic(
      "tcpAttemptFails",
      transition(states.synSent, states.closed),
      transition(states.synReceived, states.closed),
    ),
    statistic(
      "tcpEstabResets",
      transition(states.established, states.closed),
      transition(states.closeWait, states.closed),
    ),
    statistic("tcpInSegs", receivedProtocol(6)),
    statistic("tcpOutSegs", sentProtocol(6)),
    statistic("tcpOutRsts", sentReset),
    statistic("tcpRetransSegs", { event: "tcp:tcp_retransmit_skb" }),
    statistic("udpInDatagrams", receivedProtocol(17)),
    statistic("udpOutDatagrams", sentProtocol(17)),
  ],
});
