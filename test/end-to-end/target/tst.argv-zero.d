/* The command is executed under the name that it was given.
 * @@options: -q
 * @@trigger: true x */

syscall::exit_group:entry
/pid == $target/
{
	trace(execargs);
}
