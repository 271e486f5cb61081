/**
 * Packets and sockets as the ip, tcp and udp providers show them. A pointer of 0 stands for a
 * header or a socket that is not there: its members are 0 or "<null>".
 */

typedef struct iphdr ipha_t;
typedef struct ipv6hdr ip6_t;
typedef struct in6_addr in6_addr_t;
typedef uint32_t netstackid_t;

inline int AF_UNIX = 1;
inline int AF_INET = 2;
inline int AF_INET6 = 10;

/** Flags of an IPv4 header. */
inline int IPH_DF = 0x4000;
inline int IPH_MF = 0x2000;

inline int IPPROTO_IP = 0;
inline int IPPROTO_HOPOPTS = 0;
inline int IPPROTO_ICMP = 1;
inline int IPPROTO_IGMP = 2;
inline int IPPROTO_GGP = 3;
inline int IPPROTO_ENCAP = 4;
inline int IPPROTO_TCP = 6;
inline int IPPROTO_EGP = 8;
inline int IPPROTO_PUP = 12;
inline int IPPROTO_UDP = 17;
inline int IPPROTO_IDP = 22;
inline int IPPROTO_DCCP = 33;
inline int IPPROTO_IPV6 = 41;
inline int IPPROTO_ROUTING = 43;
inline int IPPROTO_FRAGMENT = 44;
inline int IPPROTO_RSVP = 46;
inline int IPPROTO_GRE = 47;
inline int IPPROTO_ESP = 50;
inline int IPPROTO_AH = 51;
inline int IPPROTO_ICMPV6 = 58;
inline int IPPROTO_NONE = 59;
inline int IPPROTO_DSTOPTS = 60;
inline int IPPROTO_HELLO = 63;
inline int IPPROTO_ND = 77;
inline int IPPROTO_EON = 80;
inline int IPPROTO_OSPF = 89;
inline int IPPROTO_PIM = 103;
inline int IPPROTO_SCTP = 132;
inline int IPPROTO_UDPLITE = 136;
inline int IPPROTO_RAW = 255;
inline int IPPROTO_MAX = 256;

typedef struct pktinfo {
	uintptr_t pkt_addr;
} pktinfo_t;

typedef struct csinfo {
	uintptr_t cs_addr;
	uint64_t cs_cid;
	pid_t cs_pid;
	zoneid_t cs_zoneid;
} csinfo_t;

typedef struct ipinfo {
	uint8_t ip_ver;
	uint32_t ip_plength;
	string ip_saddr;
	string ip_daddr;
} ipinfo_t;

typedef struct ifinfo {
	string if_name;
	int8_t if_local;
	netstackid_t if_ipstack;
	uintptr_t if_addr;
} ifinfo_t;

typedef struct ipv4info {
	uint8_t ipv4_ver;
	uint8_t ipv4_ihl;
	uint8_t ipv4_tos;
	uint16_t ipv4_length;
	uint16_t ipv4_ident;
	uint8_t ipv4_flags;
	uint16_t ipv4_offset;
	uint8_t ipv4_ttl;
	uint8_t ipv4_protocol;
	string ipv4_protostr;
	uint16_t ipv4_checksum;
	ipaddr_t ipv4_src;
	ipaddr_t ipv4_dst;
	string ipv4_saddr;
	string ipv4_daddr;
	ipha_t *ipv4_hdr;
} ipv4info_t;

typedef struct ipv6info {
	uint8_t ipv6_ver;
	uint8_t ipv6_tclass;
	uint32_t ipv6_flow;
	uint16_t ipv6_plen;
	uint8_t ipv6_nexthdr;
	string ipv6_nextstr;
	uint8_t ipv6_hlim;
	in6_addr_t *ipv6_src;
	in6_addr_t *ipv6_dst;
	string ipv6_saddr;
	string ipv6_daddr;
	ip6_t *ipv6_hdr;
} ipv6info_t;

/** What a protocol's number stands for; the number where it is none of these. */
inline string ip_protocol_name[uint8_t protocol] =
    protocol == IPPROTO_TCP ? "TCP" :
    protocol == IPPROTO_UDP ? "UDP" :
    protocol == IPPROTO_IP ? "IP" :
    protocol == IPPROTO_ICMP ? "ICMP" :
    protocol == IPPROTO_IGMP ? "IGMP" :
    protocol == IPPROTO_EGP ? "EGP" :
    protocol == IPPROTO_IPV6 ? "IPv6" :
    protocol == IPPROTO_ROUTING ? "ROUTE" :
    protocol == IPPROTO_ESP ? "ESP" :
    protocol == IPPROTO_AH ? "AH" :
    protocol == IPPROTO_ICMPV6 ? "ICMPv6" :
    protocol == IPPROTO_OSPF ? "OSPF" :
    protocol == IPPROTO_SCTP ? "SCTP" :
    protocol == IPPROTO_RAW ? "RAW" :
    lltostr((int64_t)protocol);

translator pktinfo_t < struct sk_buff *B > {
	pkt_addr = (uintptr_t)B;
};

/** A connection's cookie is 0 until something has asked the kernel for it. */
translator csinfo_t < struct sock *S > {
	cs_addr = (uintptr_t)S;
	cs_cid = S == NULL ? 0 : S->__sk_common.skc_cookie.counter;
	cs_pid = -1;
	cs_zoneid = 0;
};

translator ifinfo_t < struct net_device *D > {
	if_name = D == NULL ? "<null>" : stringof(D->name);
	if_local = D != NULL && (D->flags & 0x8) != 0;
	if_ipstack = D == NULL ? 0 : D->nd_net.net->ns.inum;
	if_addr = (uintptr_t)D;
};

translator ipinfo_t < struct iphdr *I > {
	ip_ver = I == NULL ? 0 : *(uint8_t *)I >> 4;
	ip_plength = I == NULL ? 0 : ntohs(I->tot_len) - ((*(uint8_t *)I & 0xf) << 2);
	ip_saddr = I == NULL ? "<unknown>" : inet_ntoa(&I->saddr);
	ip_daddr = I == NULL ? "<unknown>" : inet_ntoa(&I->daddr);
};

translator ipinfo_t < struct ipv6hdr *I > {
	ip_ver = I == NULL ? 0 : *(uint8_t *)I >> 4;
	ip_plength = I == NULL ? 0 : ntohs(I->payload_len);
	ip_saddr = I == NULL ? "<unknown>" : inet_ntoa6(&I->saddr);
	ip_daddr = I == NULL ? "<unknown>" : inet_ntoa6(&I->daddr);
};

/** The network header of a packet, whichever version it has. */
inline uint8_t *network_header[struct sk_buff *B] = (uint8_t *)B->head + B->network_header;

translator ipinfo_t < struct sk_buff *B > {
	ip_ver = B == NULL ? 0 : *network_header[B] >> 4;
	ip_plength = B == NULL ? 0 : *network_header[B] >> 4 == 6 ?
	    ntohs(((struct ipv6hdr *)network_header[B])->payload_len) :
	    ntohs(((struct iphdr *)network_header[B])->tot_len) -
	    ((*network_header[B] & 0xf) << 2);
	ip_saddr = B == NULL ? "<unknown>" : *network_header[B] >> 4 == 6 ?
	    inet_ntoa6(&((struct ipv6hdr *)network_header[B])->saddr) :
	    inet_ntoa(&((struct iphdr *)network_header[B])->saddr);
	ip_daddr = B == NULL ? "<unknown>" : *network_header[B] >> 4 == 6 ?
	    inet_ntoa6(&((struct ipv6hdr *)network_header[B])->daddr) :
	    inet_ntoa(&((struct iphdr *)network_header[B])->daddr);
};

/** The addresses of a socket: from here to there. */
translator ipinfo_t < struct sock *S > {
	ip_ver = S == NULL ? 0 : S->__sk_common.skc_family == 10 ? 6 : 4;
	ip_plength = 0;
	ip_saddr = S == NULL ? "<unknown>" : S->__sk_common.skc_family == 10 ?
	    inet_ntoa6(&S->__sk_common.skc_v6_rcv_saddr) :
	    inet_ntoa(&S->__sk_common.skc_rcv_saddr);
	ip_daddr = S == NULL ? "<unknown>" : S->__sk_common.skc_family == 10 ?
	    inet_ntoa6(&S->__sk_common.skc_v6_daddr) :
	    inet_ntoa(&S->__sk_common.skc_daddr);
};

/** The start of a packet's network header, of either version. */
typedef struct ip_header {
	uint8_t version;
} ip_header_t;

translator ipinfo_t < ip_header_t *H > {
	ip_ver = H == NULL ? 0 : H->version >> 4;
	ip_plength = H == NULL ? 0 : H->version >> 4 == 6 ?
	    ntohs(((struct ipv6hdr *)H)->payload_len) :
	    ntohs(((struct iphdr *)H)->tot_len) - ((H->version & 0xf) << 2);
	ip_saddr = H == NULL ? "<unknown>" : H->version >> 4 == 6 ?
	    inet_ntoa6(&((struct ipv6hdr *)H)->saddr) : inet_ntoa(&((struct iphdr *)H)->saddr);
	ip_daddr = H == NULL ? "<unknown>" : H->version >> 4 == 6 ?
	    inet_ntoa6(&((struct ipv6hdr *)H)->daddr) : inet_ntoa(&((struct iphdr *)H)->daddr);
};

/** A socket as its peer sees it: its addresses and ports are from there to here. */
typedef struct peer_sock {
	struct sock ours;
} peer_sock_t;

translator ipinfo_t < peer_sock_t *P > {
	ip_ver = xlate <ipinfo_t> (&P->ours).ip_ver;
	ip_plength = 0;
	ip_saddr = xlate <ipinfo_t> (&P->ours).ip_daddr;
	ip_daddr = xlate <ipinfo_t> (&P->ours).ip_saddr;
};

translator ipv4info_t < struct iphdr *I > {
	ipv4_ver = I == NULL ? 0 : *(uint8_t *)I >> 4;
	ipv4_ihl = I == NULL ? 0 : (*(uint8_t *)I & 0xf) << 2;
	ipv4_tos = I == NULL ? 0 : I->tos;
	ipv4_length = I == NULL ? 0 : ntohs(I->tot_len);
	ipv4_ident = I == NULL ? 0 : ntohs(I->id);
	ipv4_flags = I == NULL ? 0 : ntohs(I->frag_off) >> 12;
	ipv4_offset = I == NULL ? 0 : ntohs(I->frag_off) & 0x1fff;
	ipv4_ttl = I == NULL ? 0 : I->ttl;
	ipv4_protocol = I == NULL ? 0 : I->protocol;
	ipv4_protostr = I == NULL ? "<null>" : ip_protocol_name[I->protocol];
	ipv4_checksum = I == NULL ? 0 : ntohs(I->check);
	ipv4_src = I == NULL ? 0 : I->saddr;
	ipv4_dst = I == NULL ? 0 : I->daddr;
	ipv4_saddr = I == NULL ? "<null>" : inet_ntoa(&I->saddr);
	ipv4_daddr = I == NULL ? "<null>" : inet_ntoa(&I->daddr);
	ipv4_hdr = I;
};

translator ipv6info_t < struct ipv6hdr *I > {
	ipv6_ver = I == NULL ? 0 : *(uint8_t *)I >> 4;
	ipv6_tclass = I == NULL ? 0 : (ntohl(*(uint32_t *)I) >> 20) & 0xff;
	ipv6_flow = I == NULL ? 0 : ntohl(*(uint32_t *)I) & 0xfffff;
	ipv6_plen = I == NULL ? 0 : ntohs(I->payload_len);
	ipv6_nexthdr = I == NULL ? 0 : I->nexthdr;
	ipv6_nextstr = I == NULL ? "<null>" : ip_protocol_name[I->nexthdr];
	ipv6_hlim = I == NULL ? 0 : I->hop_limit;
	ipv6_src = I == NULL ? (in6_addr_t *)0 : &I->saddr;
	ipv6_dst = I == NULL ? (in6_addr_t *)0 : &I->daddr;
	ipv6_saddr = I == NULL ? "<null>" : inet_ntoa6(&I->saddr);
	ipv6_daddr = I == NULL ? "<null>" : inet_ntoa6(&I->daddr);
	ipv6_hdr = I;
};
