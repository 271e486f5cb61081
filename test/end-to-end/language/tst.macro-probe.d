/*
 * Macros stand in probe descriptions, too.
 *
 * @@options: -q
 * @@arguments: 10 clock_nanosleep
 * @@trigger: sleep 0.1
 * @@nosort
 */
tick-$1ms
/!ticked/
{
	ticked = 1;
	printf("%s\n", probename);
}

syscall::$2:entry
/pid == $target && ticked == 1/
{
	ticked = 2;
}

syscall::$2:return
/pid == $target/
{
	printf("%s\n", probefunc);
}
