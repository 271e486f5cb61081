/*
 * shellsnoop - commands that shells run
 *
 * Usage:    dtrace --tools shellsnoop [pid | -c command]
 * Columns:  TIME of day, SHELL and its PID, COMMAND with its arguments
 * Example:  dtrace --tools shellsnoop 1234
 *
 * The pid is that of a shell. What a shell does itself (cd, echo) it runs no program for.
 */

#pragma D option quiet
#pragma D option defaultargs

inline string parent_name = curthread->real_parent->comm;
inline int is_of_shell = parent_name == "sh" || parent_name == "bash" ||
    parent_name == "dash" || parent_name == "zsh" || parent_name == "ksh" ||
    parent_name == "fish" || parent_name == "ash" || parent_name == "tcsh";
inline int is_wanted = ($1 == 0 || ppid == $1) && ($target == 0 || progenyof($target));

dtrace:::BEGIN
{
	printf("%-20s %7s %-6s %s\n", "TIME", "PID", "SHELL", "COMMAND");
}

proc:::exec-success
/is_wanted && is_of_shell/
{
	printf("%Y %7d %-6s %s\n", walltimestamp, ppid, parent_name, curpsinfo->pr_psargs);
}
