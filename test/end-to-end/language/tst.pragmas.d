#!/usr/sbin/dtrace -s
#ident "text"
#pragma ident "text"
#pragma unknown to us
#pragma D ident "text"
#pragma D option quiet
#pragma D option switchrate=5ms
#
#pragma
#pragma D depends_on provider dtrace
#pragma D depends_on module vmlinux
/*
 * @@nosort
 */
inline int answer = 42;
#pragma D attributes Stable/Stable/Common answer
#pragma D binding "1.2" answer

BEGIN
{
	printf("%d\n", answer);
	exit(0);
}
