/*
 * iptop - IP packets and bytes by address
 *
 * Usage:    dtrace --tools iptop [pid | -c command]
 * Columns:  COMMAND that ran, FROM and TO the addresses, SENT and RECEIVED packets and the BYTES
 *           in them behind the IP header
 * Example:  dtrace --tools iptop -c 'ping -c 1 localhost'
 *
 * What arrives, arrives in the name of whoever runs. Over the loopback device each packet is both
 * sent and received.
 */

#pragma D option quiet
#pragma D option defaultargs

inline int is_wanted = ($1 == 0 || pid == $1) && ($target == 0 || progenyof($target));


ip:::send
/is_wanted/
{
	@sent[execname, args[2]->ip_saddr, args[2]->ip_daddr] = count();
	@bytes_sent[execname, args[2]->ip_saddr, args[2]->ip_daddr] = sum(args[2]->ip_plength);
}

ip:::receive
/is_wanted/
{
	@received[execname, args[2]->ip_saddr, args[2]->ip_daddr] = count();
	@bytes_received[execname, args[2]->ip_saddr, args[2]->ip_daddr] =
	    sum(args[2]->ip_plength);
}

dtrace:::END
{
	printf("%-15s %-20s %-20s %7s %9s %8s %9s\n", "COMMAND", "FROM", "TO", "SENT", "BYTES",
	    "RECEIVED", "BYTES");
	printa("%-15s %-20s %-20s %@7u %@9u %@8u %@9u\n", @sent, @bytes_sent, @received,
	    @bytes_received);
}
