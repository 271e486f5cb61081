/*
 * tcpconnect - TCP connections asked for: by whom, to where
 *
 * Usage:    dtrace --tools tcpconnect [pid | -c command]
 * Columns:  PID and COMMAND, LPORT and RPORT our port and theirs, ADDRESS theirs
 * Example:  dtrace --tools tcpconnect -c 'curl http://localhost:8080'
 */

#pragma D option quiet
#pragma D option defaultargs

inline int is_wanted = ($1 == 0 || pid == $1) && ($target == 0 || progenyof($target));


dtrace:::BEGIN
{
	printf("%7s %-15s %6s %6s %s\n", "PID", "COMMAND", "LPORT", "RPORT", "ADDRESS");
}

tcp:::connect-request
/is_wanted/
{
	printf("%7d %-15s %6d %6d %s\n", pid, execname, args[4]->tcp_sport, args[4]->tcp_dport,
	    args[2]->ip_daddr);
}
