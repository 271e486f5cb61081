/** The guide on subroutines for the order of bytes and for addresses of networks. */

import type { GuideEntry } from "../../entry.ts";

const toNetwork = (bits: number): string =>
  `The ${bits} bits in the order of the network, the most significant byte first. On the processors that ` +
  "we run on the bytes change places.";
const toHost = (bits: number): string =>
  `${bits} bits in the order of the network as a number of this machine, for headers of packets.`;

const version6Address = `BEGIN
{
	this->address = (uint16_t *)alloca(16);
	this->address[0] = htons(0x2001);
	this->address[1] = htons(0xdb8);
	this->address[2] = 0;
	this->address[3] = 0;
	this->address[4] = 0;
	this->address[5] = 0;
	this->address[6] = 0;
	this->address[7] = htons(1);
`;

export const networkSubroutines = {
  htonl: {
    text: toNetwork(32),
    example: 'BEGIN { printf("%x", htonl(0x12345678)); exit(0); }',
  },
  htonll: {
    text: toNetwork(64),
    example: 'BEGIN { printf("%x", htonll(0x0123456789abcdef)); exit(0); }',
  },
  htons: {
    text: toNetwork(16),
    example: 'BEGIN { printf("%x", htons(0x1234)); exit(0); }',
  },
  inet_ntoa: {
    text:
      "The IPv4 address at an address of the kernel or of scratch memory, in the order of the network, " +
      "as text. One that a process holds is copied with `copyin()` first.",
    example: `BEGIN
{
	this->address = (ipaddr_t *)alloca(4);
	*this->address = htonl(0x7f000001);
	trace(inet_ntoa(this->address));
	exit(0);
}`,
  },
  inet_ntoa6: {
    text:
      "The IPv6 address at an address of the kernel or of scratch memory as text: the longest run of zeros " +
      "is left out, and one that embeds an IPv4 address ends with that.",
    example: `${version6Address}	trace(inet_ntoa6((struct in6_addr *)this->address));
	exit(0);
}`,
  },
  inet_ntop: {
    text:
      "The address of the family as text: `AF_INET` as `inet_ntoa()`, `AF_INET6` as `inet_ntoa6()` does. " +
      "Any other family is an illegal operation.",
    example: `${version6Address}	trace(inet_ntop(AF_INET6, this->address));
	exit(0);
}`,
  },
  link_ntop: {
    text:
      "The hardware address at an address of the kernel or of scratch memory as text. The type is that of " +
      "the device (`ARPHRD_`): 1 is Ethernet, 32 InfiniBand; any other is an illegal operation.",
    example: `BEGIN
{
	this->address = (uint8_t *)alloca(6);
	*(uint64_t *)this->address = 0x0605040302;
	trace(link_ntop(1, this->address));
	exit(0);
}`,
  },
  ntohl: {
    text: toHost(32),
    example: 'BEGIN { printf("%x", ntohl(htonl(0x12345678))); exit(0); }',
  },
  ntohll: {
    text: toHost(64),
    example: 'BEGIN { printf("%x", ntohll(htonll(0x0123456789abcdef))); exit(0); }',
  },
  ntohs: {
    text: toHost(16),
    example: `syscall::connect:entry
/pid == $target && arg2 == 16/
{
	this->port = (uint16_t *)copyin(arg1 + 2, 2);
	@[ntohs(*this->port)] = count();
}`,
    arguments: ["-q", "-c", "bash -c :>/dev/udp/127.0.0.1/9"],
  },
} as const satisfies Readonly<Record<string, GuideEntry>>;
