/** UDP: datagrams and sockets. */

typedef struct udphdr udpha_t;

inline int UDPH_SIZE = 8;

typedef struct udpinfo {
	uint16_t udp_sport;
	uint16_t udp_dport;
	uint16_t udp_length;
	uint16_t udp_checksum;
	udpha_t *udp_hdr;
} udpinfo_t;

typedef struct udpsinfo {
	uintptr_t udps_addr;
	uint16_t udps_lport;
	uint16_t udps_rport;
	string udps_laddr;
	string udps_raddr;
} udpsinfo_t;

translator udpinfo_t < struct udphdr *U > {
	udp_sport = U == NULL ? 0 : ntohs(U->source);
	udp_dport = U == NULL ? 0 : ntohs(U->dest);
	udp_length = U == NULL ? 0 : ntohs(U->len);
	udp_checksum = U == NULL ? 0 : ntohs(U->check);
	udp_hdr = U;
};

inline struct udphdr *udp_header[struct sk_buff *B] =
    B == NULL ? (struct udphdr *)0 : (struct udphdr *)(B->head + B->transport_header);

translator udpinfo_t < struct sk_buff *B > {
	udp_sport = xlate <udpinfo_t> (udp_header[B]).udp_sport;
	udp_dport = xlate <udpinfo_t> (udp_header[B]).udp_dport;
	udp_length = xlate <udpinfo_t> (udp_header[B]).udp_length;
	udp_checksum = xlate <udpinfo_t> (udp_header[B]).udp_checksum;
	udp_hdr = udp_header[B];
};

translator udpsinfo_t < struct sock *S > {
	udps_addr = (uintptr_t)S;
	udps_lport = S == NULL ? 0 : ntohs(((struct inet_sock *)S)->inet_sport);
	udps_rport = S == NULL ? 0 : ntohs(S->__sk_common.skc_dport);
	udps_laddr = S == NULL ? "<unknown>" : S->__sk_common.skc_family == 10 ?
	    inet_ntoa6(&S->__sk_common.skc_v6_rcv_saddr) :
	    inet_ntoa(&S->__sk_common.skc_rcv_saddr);
	udps_raddr = S == NULL ? "<unknown>" : S->__sk_common.skc_family == 10 ?
	    inet_ntoa6(&S->__sk_common.skc_v6_daddr) :
	    inet_ntoa(&S->__sk_common.skc_daddr);
};
