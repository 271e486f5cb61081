/*
 * sigsnoop - signals sent, by whom and to whom
 *
 * Usage:    dtrace --tools sigsnoop [pid | -c command]
 * Columns:  PID and COMMAND of the sender, SIGNAL, TO and RECEIVER its pid and command
 * Example:  dtrace --tools sigsnoop -c './program'
 *
 * A pid is that of the sender or of the receiver. The kernel sends some signals itself, in the
 * name of whoever runs (SIGCHLD in that of the child).
 */

#pragma D option quiet
#pragma D option defaultargs

inline int is_sender = ($1 == 0 || pid == $1) && ($target == 0 || progenyof($target));

dtrace:::BEGIN
{
	printf("%7s %-15s %6s %7s %s\n", "PID", "COMMAND", "SIGNAL", "TO", "RECEIVER");
}

proc:::signal-send
/is_sender || ($1 != 0 && args[1]->pr_pid == $1)/
{
	printf("%7d %-15s %6d %7d %s\n", pid, execname, args[2], args[1]->pr_pid,
	    args[1]->pr_fname);
}
