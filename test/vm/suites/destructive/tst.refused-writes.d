/* Nothing is written where the process has no memory.
 * @@options: -qw
 * @@trigger: true */

syscall::exit_group:entry
/pid == $target/
{
	copyoutstr("lost", 8, 5);
	printf("never\n");
}
