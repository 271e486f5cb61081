/* At the left they do. */
BEGIN
{
	trace(PIDTYPE_TGID == (enum pid_type)1);
}
