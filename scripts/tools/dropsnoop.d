/*
 * dropsnoop - packets the kernel threw away: why, and where
 *
 * Usage:    dtrace --tools dropsnoop [pid | -c command]
 * Columns:  COMMAND that ran, REASON as the kernel numbers it with its name where it is a common one,
 *           WHERE the kernel's function, COUNT
 * Example:  dtrace --tools dropsnoop -c ./program
 */

#pragma D option quiet
#pragma D option defaultargs

inline int is_wanted = ($1 == 0 || pid == $1) && ($target == 0 || progenyof($target));


inline string drop_reason[enum skb_drop_reason reason] =
    reason == SKB_DROP_REASON_NOT_SPECIFIED ? "unspecified" :
    reason == SKB_DROP_REASON_NO_SOCKET ? "no-socket" :
    reason == SKB_DROP_REASON_SOCKET_FILTER ? "socket-filter" :
    reason == SKB_DROP_REASON_SOCKET_RCVBUFF ? "receive-buffer" :
    reason == SKB_DROP_REASON_TCP_CSUM ? "tcp-checksum" :
    reason == SKB_DROP_REASON_UDP_CSUM ? "udp-checksum" :
    reason == SKB_DROP_REASON_NETFILTER_DROP ? "netfilter" :
    reason == SKB_DROP_REASON_OTHERHOST ? "other-host" :
    reason == SKB_DROP_REASON_IP_CSUM ? "ip-checksum" :
    reason == SKB_DROP_REASON_PROTO_MEM ? "protocol-memory" : "";

sdt:skb::kfree_skb
/is_wanted/
{
	@drops[execname, args[2], drop_reason[args[2]], (uintptr_t)args[1]] = count();
}

dtrace:::END
{
	printf("%-15s %6s %-16s %-40s %8s\n", "COMMAND", "REASON", "", "WHERE", "COUNT");
	printa("%-15s %6d %-16s %-40a %@8u\n", @drops);
}
