/*
 * tcpstates - each change of state of TCP connections, and how long the old one lasted
 *
 * Usage:    dtrace --tools tcpstates [pid | -c command]
 * Columns:  PID and COMMAND that ran, LPORT, RPORT and RADDR, FROM and TO the states, LASTED how
 *           long the old one did (us; 0: not known)
 * Example:  dtrace --tools tcpstates -c ./program
 *
 * Changes that a packet brings happen in the name of whoever it interrupts: of one process only
 * those are shown that happen while it runs.
 */

#pragma D option quiet
#pragma D option defaultargs

inline int is_wanted = ($1 == 0 || pid == $1) && ($target == 0 || progenyof($target));


uint64_t since[uintptr_t];

dtrace:::BEGIN
{
	printf("%7s %-12s %5s %5s %-15s %-18s %-18s %9s\n", "PID", "COMMAND", "LPORT", "RPORT",
	    "RADDR", "FROM", "TO", "LASTED");
}

tcp:::state-change
/is_wanted/
{
	this->since = since[args[3]->tcps_addr];
	printf("%7d %-12s %5d %5d %-15s %-18s %-18s %9d\n", pid, execname, args[3]->tcps_lport,
	    args[3]->tcps_rport, args[3]->tcps_raddr, tcp_state_string[args[5]->tcps_state],
	    tcp_state_string[args[3]->tcps_state],
	    this->since ? (timestamp - this->since) / 1000 : 0);
}

tcp:::state-change
/is_wanted/
{
	since[args[3]->tcps_addr] =
	    args[3]->tcps_state == TCP_STATE_CLOSED ? 0 : timestamp;
}
