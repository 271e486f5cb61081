/*
 * The ids of dtrace itself; $target is 0 where there is neither -c nor -p.
 *
 * @@options: -q
 * @@nosort
 */
BEGIN
{
	printf("%d %d %d\n", $pid == pid, $ppid == ppid, $target);
	printf("%d %d\n", $uid == uid && $euid == uid, $gid == gid && $egid == gid);
	printf("%d %d\n", $pgid == curpsinfo->pr_pgid, $sid == curpsinfo->pr_sid);
	printf("%d %d\n", $projid == curpsinfo->pr_projid, $taskid == curpsinfo->pr_taskid);
	printf("%d\n", strlen($$pid) > 0);
	exit(0);
}
