/*
 * tcprefused - TCP connections that were refused
 *
 * Usage:    dtrace --tools tcprefused [pid | -c command]
 * Columns:  PID and COMMAND of who asked, RPORT and ADDRESS of who refused
 * Example:  dtrace --tools tcprefused -c 'curl http://localhost:1'
 */

#pragma D option quiet
#pragma D option defaultargs

inline int is_wanted = ($1 == 0 || pid == $1) && ($target == 0 || progenyof($target));


dtrace:::BEGIN
{
	printf("%7s %-15s %6s %s\n", "PID", "COMMAND", "RPORT", "ADDRESS");
}

tcp:::connect-request
/is_wanted/
{
	asker[args[4]->tcp_sport, args[4]->tcp_dport] = pid;
	command[args[4]->tcp_sport, args[4]->tcp_dport] = execname;
}

tcp:::connect-refused
/asker[args[4]->tcp_dport, args[4]->tcp_sport]/
{
	printf("%7d %-15s %6d %s\n", asker[args[4]->tcp_dport, args[4]->tcp_sport],
	    command[args[4]->tcp_dport, args[4]->tcp_sport], args[4]->tcp_sport,
	    args[2]->ip_saddr);
}

tcp:::connect-established, tcp:::connect-refused
{
	asker[args[4]->tcp_dport, args[4]->tcp_sport] = 0;
	command[args[4]->tcp_dport, args[4]->tcp_sport] = 0;
}
