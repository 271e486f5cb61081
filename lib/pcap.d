/** Packets for pcap(): link types of capture files, and where a packet lies in its sk_buff. */

inline int PCAP_ETHER = 1;
inline int PCAP_PPP = 9;
inline int PCAP_IP = 101;
inline int PCAP_WIFI = 105;
inline int PCAP_IPNET = 226;
inline int PCAP_IPOIB = 242;

inline int pcap_protocol[struct sk_buff *S, int P] = P;

/** Where the packet begins behind `head`: its network or its link header, if that is set. */
inline int pcap_offset[struct sk_buff *S, int P] =
    P == PCAP_IP && S->network_header != 0 ? S->network_header :
    P != PCAP_IP && S->mac_header != 0xffff ? S->mac_header :
    (uintptr_t)S->data - (uintptr_t)S->head;

inline uintptr_t pcap_start[struct sk_buff *S, int P] = (uintptr_t)S->head + pcap_offset[S, P];

/** Bytes that lie in one piece there. */
inline int pcap_available[struct sk_buff *S, int P] = S->tail - pcap_offset[S, P];

/** Bytes of the packet, with those in pages of their own. */
inline int pcap_length[struct sk_buff *S, int P] = pcap_available[S, P] + S->data_len;
