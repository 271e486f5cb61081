/*
 * At the right of a comparison with an enum of the kernel its tags need no declaration.
 *
 * @@options: -q
 * @@nosort
 */
BEGIN
{
	type = (enum pid_type)1;
	printf("%d %d %d %d\n", type == PIDTYPE_TGID, type != PIDTYPE_PID, type > PIDTYPE_PGID,
	    type <= PIDTYPE_PGID);
	exit(0);
}
