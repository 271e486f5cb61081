/*
 * tcpaccept - TCP connections accepted: by whom, from where
 *
 * Usage:    dtrace --tools tcpaccept [pid | -c command]
 * Columns:  PID and COMMAND, FD it got, LPORT and RPORT our port and theirs, ADDRESS theirs
 * Example:  dtrace --tools tcpaccept -c ./server
 *
 * Of the calls accept and accept4: io_uring takes connections without them.
 */

#pragma D option quiet
#pragma D option defaultargs

inline int is_wanted = ($1 == 0 || pid == $1) && ($target == 0 || progenyof($target));


dtrace:::BEGIN
{
	printf("%7s %-15s %4s %6s %6s %s\n", "PID", "COMMAND", "FD", "LPORT", "RPORT", "ADDRESS");
}

syscall::accept:return, syscall::accept4:return
/errno == 0 && is_wanted/
{
	this->socket = ((struct socket *)getf((int)arg0)->private_data)->sk;
	this->protocol = this->socket->sk_protocol;
}

syscall::accept:return, syscall::accept4:return
/errno == 0 && is_wanted && this->protocol == IPPROTO_TCP/
{
	printf("%7d %-15s %4d %6d %6d %s\n", pid, execname, arg0,
	    xlate <tcpsinfo_t> (this->socket).tcps_lport,
	    xlate <tcpsinfo_t> (this->socket).tcps_rport,
	    xlate <tcpsinfo_t> (this->socket).tcps_raddr);
}
