/* -F prints its heading and columns even where output is quiet. Only the first clause of an entry
 * and the last of a return have arrows, which are double for system calls.
 * @@options: -q -F -xcpu=0
 * @@trigger: taskset -c 0 env -C / true
 * @@nosort */

BEGIN
{
	printf("begin\n");
}

syscall::chdir:entry,
syscall::chdir:return
/pid == $target/
{
	printf("first\n");
}

syscall::chdir:entry,
syscall::chdir:return
/pid == $target/
{
	printf("second\n");
}
