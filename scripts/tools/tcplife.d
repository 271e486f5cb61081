/*
 * tcplife - TCP connections from their first state to their last: ends, bytes, time
 *
 * Usage:    dtrace --tools tcplife [pid | -c command]
 * Columns:  PID and COMMAND of who asked for it or closed it, LADDR and LPORT, RADDR and RPORT,
 *           SENT and RECEIVED (bytes), LIFE since it was established (us)
 * Example:  dtrace --tools tcplife -c ./program
 *
 * Connections that were there before the tool are not shown.
 */

#pragma D option quiet
#pragma D option defaultargs

inline int is_wanted = ($1 == 0 || pid == $1) && ($target == 0 || progenyof($target));


dtrace:::BEGIN
{
	printf("%7s %-12s %15s %5s %15s %5s %8s %8s %9s\n", "PID", "COMMAND", "LADDR", "LPORT",
	    "RADDR", "RPORT", "SENT", "RECEIVED", "LIFE");
}

/** Packets come in anybody's name; connecting and closing is done in one's own. */
tcp:::state-change
/is_wanted && (args[3]->tcps_state == TCP_STATE_SYN_SENT ||
    args[3]->tcps_state == TCP_STATE_FIN_WAIT_1 || args[3]->tcps_state == TCP_STATE_LAST_ACK)/
{
	owner[args[3]->tcps_addr] = pid;
	command[args[3]->tcps_addr] = execname;
}

tcp:::state-change
/args[3]->tcps_state == TCP_STATE_ESTABLISHED/
{
	since[args[3]->tcps_addr] = timestamp;
}

/** The kernel counts the end of the peer's stream (FIN) as a byte; SOCK_DONE is bit 1. */
tcp:::state-change
/args[3]->tcps_state == TCP_STATE_CLOSED && owner[args[3]->tcps_addr] &&
    since[args[3]->tcps_addr]/
{
	this->tcp = (struct tcp_sock *)args[3]->tcps_addr;
	this->end = (((struct sock *)this->tcp)->__sk_common.skc_flags >> 1) & 1;
	printf("%7d %-12s %15s %5d %15s %5d %8d %8d %9d\n", owner[args[3]->tcps_addr],
	    command[args[3]->tcps_addr], args[3]->tcps_laddr, args[3]->tcps_lport,
	    args[3]->tcps_raddr, args[3]->tcps_rport, this->tcp->bytes_sent,
	    this->tcp->bytes_received - this->end, (timestamp - since[args[3]->tcps_addr]) / 1000);
}

tcp:::state-change
/args[3]->tcps_state == TCP_STATE_CLOSED/
{
	owner[args[3]->tcps_addr] = 0;
	command[args[3]->tcps_addr] = 0;
	since[args[3]->tcps_addr] = 0;
}
