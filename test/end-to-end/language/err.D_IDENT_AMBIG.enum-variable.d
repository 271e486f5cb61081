/* A variable of the same name makes it ambiguous. */
BEGIN
{
	PIDTYPE_TGID = 3;
	trace((enum pid_type)1 == PIDTYPE_TGID);
}
