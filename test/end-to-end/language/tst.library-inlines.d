/*
 * What libraries define, by name; constants of theirs choose where a constant may.
 *
 * @@options: -q
 * @@trigger: dd if=/dev/null of=/dev/null status=none
 * @@nosort
 */
BEGIN
{
	printf("%d %d %d\n", O_RDONLY, O_WRONLY, O_RDWR);
	printf("%d %d %d %d\n", DTRACEFLT_UNKNOWN, DTRACEFLT_BADADDR, DTRACEFLT_BADALIGN,
	    DTRACEFLT_ILLOP);
	printf("%d %d %d %d\n", DTRACEFLT_DIVZERO, DTRACEFLT_NOSCRATCH, DTRACEFLT_KPRIV,
	    DTRACEFLT_UPRIV);
	printf("%d %d\n", DTRACEFLT_TUPOFLOW, DTRACEFLT_BADSTACK);
	DTRACEFLT_ILLOP ? printf("constants\n") : 1;
	print(NULL);
	printf("%d %d %d\n", curcpu->cpu_id == cpu, curpsinfo->pr_pid == pid,
	    curlwpsinfo->pr_lwpid == tid);
	printf("%s %s\n", curpsinfo->pr_fname, root);
	printf("%d\n", strlen(cwd) > 0);
}

syscall::read:entry
/pid == $target && fds[arg0].fi_pathname == "/dev/null" && !seen/
{
	seen = 1;
	printf("%s %s %d\n", fds[arg0].fi_name, fds[arg0].fi_dirname,
	    fds[1].fi_oflags & O_ACCMODE);
}
