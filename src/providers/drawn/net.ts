/**
 * ip, tcp and udp: packets as they pass between the protocols and the devices, and connections as
 * their state changes.
 */

import { firstProbeId } from "../probe-ids.ts";
import { type DrawnArgument, drawnProvider, type Way } from "./drawn-provider.ts";
import { commonStability } from "./stability.ts";

const packet: DrawnArgument = { type: "struct sk_buff *", translated: "pktinfo_t *" };
const connection: DrawnArgument = { type: "struct sock *", translated: "csinfo_t *" };
const network: DrawnArgument = { type: "ip_header_t *", translated: "ipinfo_t *" };
const nothing: DrawnArgument = { type: "void *" };

/** A packet on its way, and where its network header begins. */
interface Passage {
  readonly event: string;
  readonly header: string;
}

/** Also what goes to the loopback device, which hands it back at once. */
const sent: Passage = {
  event: "net:net_dev_queue",
  header: "(args[0]->head + args[0]->network_header)",
};

/** The kernel has not noted the header yet: the packet begins with it. */
const received: Passage = { event: "net:netif_receive_skb", header: "(args[0]->data)" };

/** ETH_P_IP and ETH_P_IPV6, in network order. */
const isV4 = "args[0]->protocol == htons(0x800)";
const isV6 = "args[0]->protocol == htons(0x86dd)";

/** The protocol's number in either header; extension headers are not stepped over. */
const carries = ({ header }: Passage, protocol: number): string =>
  `((${isV4} && ${header}[9] == ${protocol}) || (${isV6} && ${header}[6] == ${protocol}))`;

/** Behind the network header. */
const transport = ({ header }: Passage): string =>
  `(${header} + (${isV4} ? (${header}[0] & 0xf) * 4 : 40))`;

const networkPassage = (passage: Passage): Way => ({
  event: passage.event,
  when: `${isV4} || ${isV6}`,
  values: [
    "args[0]",
    "args[0]->sk",
    `(ip_header_t *)${passage.header}`,
    "args[0]->dev",
    `(struct iphdr *)(${isV4} ? ${passage.header} : 0)`,
    `(struct ipv6hdr *)(${isV6} ? ${passage.header} : 0)`,
  ],
});

const networkArguments: readonly DrawnArgument[] = [
  packet,
  connection,
  network,
  { type: "struct net_device *", translated: "ifinfo_t *" },
  { type: "struct iphdr *", translated: "ipv4info_t *" },
  { type: "struct ipv6hdr *", translated: "ipv6info_t *" },
];

export const ipProvider = drawnProvider({
  name: "ip",
  firstId: firstProbeId.ip,
  stability: commonStability,
  probes: [
    { name: "send", arguments: networkArguments, ways: [networkPassage(sent)] },
    { name: "receive", arguments: networkArguments, ways: [networkPassage(received)] },
  ],
});

const tcpProtocol = 6;
const udpProtocol = 17;

interface Segment {
  readonly passage: Passage;
  readonly protocol: number;
  readonly header: string;
  readonly when?: string;
}

const segment = ({ passage, protocol, header, when }: Segment): Way => ({
  event: passage.event,
  when: carries(passage, protocol) + (when === undefined ? "" : ` && ${when}`),
  values: [
    "args[0]",
    "args[0]->sk",
    `(ip_header_t *)${passage.header}`,
    "args[0]->sk",
    `(${header})${transport(passage)}`,
  ],
});

const tcpSegment = (passage: Passage, when?: string): Way =>
  segment({
    passage,
    protocol: tcpProtocol,
    header: "struct tcphdr *",
    ...(when !== undefined && { when }),
  });

const tcpFlags = (passage: Passage): string => `${transport(passage)}[13]`;

/** A segment with SYN alone that was not sent before. */
const firstSyn = `(${tcpFlags(sent)} & 0x12) == 0x02 && args[0]->sk != NULL &&
  ((struct inet_connection_sock *)args[0]->sk)->icsk_retransmits == 0`;

/** What answers a SYN that nobody wants: RST and ACK with sequence number 0 (RFC 9293, 3.10.7.1). */
const refusal = (passage: Passage): string =>
  `(${tcpFlags(passage)} & 0x17) == 0x14 && *(uint32_t *)(${transport(passage)} + 4) == 0`;

/** inet_sock_set_state(socket, old, new): the socket has the old state still. */
const transition = `(this->__tcp_transition = (tcp_transition_t *)alloca(sizeof (tcp_transition_t)),
  this->__tcp_transition->sock = (struct sock *)args[0],
  this->__tcp_transition->state = args[2], this->__tcp_transition)`;

const changed = "sock:inet_sock_set_state";
const isTcp = `args[0]->sk_protocol == ${tcpProtocol}`;
const states = { established: 1, synSent: 2, synReceived: 3 };

const established = (from: number): Way => ({
  event: changed,
  when: `${isTcp} && args[1] == ${from} && args[2] == ${states.established}`,
  values: [
    "(struct sk_buff *)0",
    "(struct sock *)args[0]",
    "(peer_sock_t *)args[0]",
    transition,
    "(peer_sock_t *)args[0]",
  ],
});

const tcpArguments: readonly DrawnArgument[] = [
  packet,
  connection,
  network,
  { type: "struct sock *", translated: "tcpsinfo_t *" },
  { type: "struct tcphdr *", translated: "tcpinfo_t *" },
];

const establishedArguments: readonly DrawnArgument[] = [
  packet,
  connection,
  { type: "peer_sock_t *", translated: "ipinfo_t *" },
  { type: "tcp_transition_t *", translated: "tcpsinfo_t *" },
  { type: "peer_sock_t *", translated: "tcpinfo_t *" },
];

export const tcpProvider = drawnProvider({
  name: "tcp",
  firstId: firstProbeId.tcp,
  stability: commonStability,
  probes: [
    { name: "send", arguments: tcpArguments, ways: [tcpSegment(sent)] },
    { name: "receive", arguments: tcpArguments, ways: [tcpSegment(received)] },
    { name: "connect-request", arguments: tcpArguments, ways: [tcpSegment(sent, firstSyn)] },
    {
      name: "connect-established",
      arguments: establishedArguments,
      ways: [established(states.synSent)],
    },
    {
      name: "connect-refused",
      arguments: tcpArguments,
      ways: [tcpSegment(received, refusal(received))],
    },
    {
      name: "accept-established",
      arguments: establishedArguments,
      ways: [established(states.synReceived)],
    },
    { name: "accept-refused", arguments: tcpArguments, ways: [tcpSegment(sent, refusal(sent))] },
    {
      name: "state-change",
      arguments: [
        nothing,
        connection,
        nothing,
        { type: "tcp_transition_t *", translated: "tcpsinfo_t *" },
        nothing,
        { type: "int", translated: "tcplsinfo_t *" },
      ],
      ways: [
        {
          event: changed,
          when: isTcp,
          values: ["0", "(struct sock *)args[0]", "0", transition, "0", "args[1]"],
        },
      ],
    },
  ],
});

const udpArguments: readonly DrawnArgument[] = [
  packet,
  connection,
  network,
  { type: "struct sock *", translated: "udpsinfo_t *" },
  { type: "struct udphdr *", translated: "udpinfo_t *" },
];

const datagram = (passage: Passage): Way =>
  segment({ passage, protocol: udpProtocol, header: "struct udphdr *" });

export const udpProvider = drawnProvider({
  name: "udp",
  firstId: firstProbeId.udp,
  stability: commonStability,
  probes: [
    { name: "send", arguments: udpArguments, ways: [datagram(sent)] },
    { name: "receive", arguments: udpArguments, ways: [datagram(received)] },
  ],
});
