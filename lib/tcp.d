/** TCP: segments, connections and their states. */

typedef struct tcphdr tcph_t;

/** tcp_flags */
inline int TH_FIN = 0x01;
inline int TH_SYN = 0x02;
inline int TH_RST = 0x04;
inline int TH_PUSH = 0x08;
inline int TH_ACK = 0x10;
inline int TH_URG = 0x20;
inline int TH_ECE = 0x40;
inline int TH_CWR = 0x80;

/** The states have Linux's numbers; a connection of Linux is never idle in DTrace's sense. */
inline int32_t TCP_STATE_IDLE = -1;
inline int32_t TCP_STATE_ESTABLISHED = 1;
inline int32_t TCP_STATE_SYN_SENT = 2;
inline int32_t TCP_STATE_SYN_RECEIVED = 3;
inline int32_t TCP_STATE_FIN_WAIT_1 = 4;
inline int32_t TCP_STATE_FIN_WAIT_2 = 5;
inline int32_t TCP_STATE_TIME_WAIT = 6;
inline int32_t TCP_STATE_CLOSED = 7;
inline int32_t TCP_STATE_CLOSE_WAIT = 8;
inline int32_t TCP_STATE_LAST_ACK = 9;
inline int32_t TCP_STATE_LISTEN = 10;
inline int32_t TCP_STATE_CLOSING = 11;
inline int32_t TCP_STATE_NEW_SYN_RECEIVED = 12;
inline int32_t TCP_STATE_BOUND = 13;

inline string tcp_state_string[int32_t state] =
    state == TCP_STATE_CLOSED ? "state-closed" :
    state == TCP_STATE_IDLE ? "state-idle" :
    state == TCP_STATE_BOUND ? "state-bound" :
    state == TCP_STATE_LISTEN ? "state-listen" :
    state == TCP_STATE_SYN_SENT ? "state-syn-sent" :
    state == TCP_STATE_SYN_RECEIVED ? "state-syn-received" :
    state == TCP_STATE_NEW_SYN_RECEIVED ? "state-syn-received" :
    state == TCP_STATE_ESTABLISHED ? "state-established" :
    state == TCP_STATE_CLOSE_WAIT ? "state-close-wait" :
    state == TCP_STATE_FIN_WAIT_1 ? "state-fin-wait-1" :
    state == TCP_STATE_CLOSING ? "state-closing" :
    state == TCP_STATE_LAST_ACK ? "state-last-ack" :
    state == TCP_STATE_FIN_WAIT_2 ? "state-fin-wait-2" :
    state == TCP_STATE_TIME_WAIT ? "state-time-wait" :
    "<unknown>";

typedef struct tcpinfo {
	uint16_t tcp_sport;
	uint16_t tcp_dport;
	uint32_t tcp_seq;
	uint32_t tcp_ack;
	uint8_t tcp_offset;
	uint8_t tcp_flags;
	uint16_t tcp_window;
	uint16_t tcp_checksum;
	uint16_t tcp_urgent;
	tcph_t *tcp_hdr;
} tcpinfo_t;

typedef struct tcpsinfo {
	uintptr_t tcps_addr;
	int tcps_local;
	int tcps_active;
	uint16_t tcps_lport;
	uint16_t tcps_rport;
	string tcps_laddr;
	string tcps_raddr;
	int32_t tcps_state;
	uint32_t tcps_iss;
	uint32_t tcps_suna;
	uint32_t tcps_snxt;
	uint32_t tcps_rack;
	uint32_t tcps_rnxt;
	uint32_t tcps_swnd;
	int32_t tcps_snd_ws;
	uint32_t tcps_rwnd;
	int32_t tcps_rcv_ws;
	uint32_t tcps_cwnd;
	uint32_t tcps_cwnd_ssthresh;
	uint32_t tcps_sack_fack;
	uint32_t tcps_sack_snxt;
	uint32_t tcps_rto;
	uint32_t tcps_mss;
	int tcps_retransmit;
} tcpsinfo_t;

typedef struct tcplsinfo {
	int32_t tcps_state;
} tcplsinfo_t;

translator tcpinfo_t < struct tcphdr *T > {
	tcp_sport = T == NULL ? 0 : ntohs(T->source);
	tcp_dport = T == NULL ? 0 : ntohs(T->dest);
	tcp_seq = T == NULL ? 0 : ntohl(T->seq);
	tcp_ack = T == NULL ? 0 : ntohl(T->ack_seq);
	tcp_offset = T == NULL ? 0 : (*((uint8_t *)T + 12) & 0xf0) >> 2;
	tcp_flags = T == NULL ? 0 : *((uint8_t *)T + 13);
	tcp_window = T == NULL ? 0 : ntohs(T->window);
	tcp_checksum = T == NULL ? 0 : ntohs(T->check);
	tcp_urgent = T == NULL ? 0 : ntohs(T->urg_ptr);
	tcp_hdr = T;
};

inline struct tcphdr *tcp_header[struct sk_buff *B] =
    B == NULL ? (struct tcphdr *)0 : (struct tcphdr *)(B->head + B->transport_header);

translator tcpinfo_t < struct sk_buff *B > {
	tcp_sport = xlate <tcpinfo_t> (tcp_header[B]).tcp_sport;
	tcp_dport = xlate <tcpinfo_t> (tcp_header[B]).tcp_dport;
	tcp_seq = xlate <tcpinfo_t> (tcp_header[B]).tcp_seq;
	tcp_ack = xlate <tcpinfo_t> (tcp_header[B]).tcp_ack;
	tcp_offset = xlate <tcpinfo_t> (tcp_header[B]).tcp_offset;
	tcp_flags = xlate <tcpinfo_t> (tcp_header[B]).tcp_flags;
	tcp_window = xlate <tcpinfo_t> (tcp_header[B]).tcp_window;
	tcp_checksum = xlate <tcpinfo_t> (tcp_header[B]).tcp_checksum;
	tcp_urgent = xlate <tcpinfo_t> (tcp_header[B]).tcp_urgent;
	tcp_hdr = tcp_header[B];
};

/**
 * What Linux keeps of a connection: not its first sequence number, which side opened it, or
 * whether what it sends now was sent before. tcps_rto is in milliseconds, without its backoff.
 */
translator tcpsinfo_t < struct sock *S > {
	tcps_addr = (uintptr_t)S;
	tcps_local = S == NULL ? 0 : S->__sk_common.skc_family == 10 ?
	    S->__sk_common.skc_v6_daddr.in6_u.u6_addr32[0] ==
	    S->__sk_common.skc_v6_rcv_saddr.in6_u.u6_addr32[0] &&
	    S->__sk_common.skc_v6_daddr.in6_u.u6_addr32[1] ==
	    S->__sk_common.skc_v6_rcv_saddr.in6_u.u6_addr32[1] &&
	    S->__sk_common.skc_v6_daddr.in6_u.u6_addr32[2] ==
	    S->__sk_common.skc_v6_rcv_saddr.in6_u.u6_addr32[2] &&
	    S->__sk_common.skc_v6_daddr.in6_u.u6_addr32[3] ==
	    S->__sk_common.skc_v6_rcv_saddr.in6_u.u6_addr32[3] :
	    S->__sk_common.skc_daddr == S->__sk_common.skc_rcv_saddr;
	tcps_lport = S == NULL ? 0 : ntohs(((struct inet_sock *)S)->inet_sport);
	tcps_rport = S == NULL ? 0 : ntohs(S->__sk_common.skc_dport);
	tcps_laddr = S == NULL ? "<unknown>" : S->__sk_common.skc_family == 10 ?
	    inet_ntoa6(&S->__sk_common.skc_v6_rcv_saddr) :
	    inet_ntoa(&S->__sk_common.skc_rcv_saddr);
	tcps_raddr = S == NULL ? "<unknown>" : S->__sk_common.skc_family == 10 ?
	    inet_ntoa6(&S->__sk_common.skc_v6_daddr) :
	    inet_ntoa(&S->__sk_common.skc_daddr);
	tcps_state = S == NULL ? TCP_STATE_CLOSED : S->__sk_common.skc_state;
	tcps_suna = S == NULL ? 0 : ((struct tcp_sock *)S)->snd_una;
	tcps_snxt = S == NULL ? 0 : ((struct tcp_sock *)S)->snd_nxt;
	tcps_rack = S == NULL ? 0 : ((struct tcp_sock *)S)->rcv_wup;
	tcps_rnxt = S == NULL ? 0 : ((struct tcp_sock *)S)->rcv_nxt;
	tcps_swnd = S == NULL ? 0 : ((struct tcp_sock *)S)->snd_wnd;
	tcps_snd_ws = S == NULL ? 0 : ((struct tcp_sock *)S)->rx_opt.snd_wscale;
	tcps_rwnd = S == NULL ? 0 : ((struct tcp_sock *)S)->rcv_wnd;
	tcps_rcv_ws = S == NULL ? 0 : ((struct tcp_sock *)S)->rx_opt.rcv_wscale;
	tcps_cwnd = S == NULL ? 0 :
	    ((struct tcp_sock *)S)->snd_cwnd * ((struct tcp_sock *)S)->mss_cache;
	tcps_cwnd_ssthresh = S == NULL ? 0 : ((struct tcp_sock *)S)->snd_ssthresh;
	tcps_rto = S == NULL ? 0 : ((((struct tcp_sock *)S)->srtt_us >> 3) +
	    ((struct tcp_sock *)S)->rttvar_us) / 1000;
	tcps_mss = S == NULL ? 0 : ((struct tcp_sock *)S)->mss_cache;
};

/** A connection that is about to get another state. */
typedef struct tcp_transition {
	struct sock *sock;
	int32_t state;
} tcp_transition_t;

translator tcpsinfo_t < tcp_transition_t *T > {
	tcps_addr = (uintptr_t)T->sock;
	tcps_state = T->state;
	tcps_local = xlate <tcpsinfo_t> (T->sock).tcps_local;
	tcps_lport = xlate <tcpsinfo_t> (T->sock).tcps_lport;
	tcps_rport = xlate <tcpsinfo_t> (T->sock).tcps_rport;
	tcps_laddr = xlate <tcpsinfo_t> (T->sock).tcps_laddr;
	tcps_raddr = xlate <tcpsinfo_t> (T->sock).tcps_raddr;
	tcps_suna = xlate <tcpsinfo_t> (T->sock).tcps_suna;
	tcps_snxt = xlate <tcpsinfo_t> (T->sock).tcps_snxt;
	tcps_rack = xlate <tcpsinfo_t> (T->sock).tcps_rack;
	tcps_rnxt = xlate <tcpsinfo_t> (T->sock).tcps_rnxt;
	tcps_swnd = xlate <tcpsinfo_t> (T->sock).tcps_swnd;
	tcps_snd_ws = xlate <tcpsinfo_t> (T->sock).tcps_snd_ws;
	tcps_rwnd = xlate <tcpsinfo_t> (T->sock).tcps_rwnd;
	tcps_rcv_ws = xlate <tcpsinfo_t> (T->sock).tcps_rcv_ws;
	tcps_cwnd = xlate <tcpsinfo_t> (T->sock).tcps_cwnd;
	tcps_cwnd_ssthresh = xlate <tcpsinfo_t> (T->sock).tcps_cwnd_ssthresh;
	tcps_rto = xlate <tcpsinfo_t> (T->sock).tcps_rto;
	tcps_mss = xlate <tcpsinfo_t> (T->sock).tcps_mss;
};

/** The ports of a segment from a connection's peer. */
translator tcpinfo_t < peer_sock_t *P > {
	tcp_sport = ntohs(P->ours.__sk_common.skc_dport);
	tcp_dport = P->ours.__sk_common.skc_num;
};

/** The state a connection leaves. */
translator tcplsinfo_t < int I > {
	tcps_state = I;
};
