#!/usr/sbin/dtrace -s
# 
#ident "anything at all"
#pragma ident "this too"
#pragma unknown to us
#pragma D option quiet
#pragma D option bufsize=4m
	#pragma D option aggsortkey=
#pragma D attributes Evolving/Evolving/Common name
#pragma D attributes Stable/Stable/ISA provider sched args
#pragma D binding "1.2" name
#pragma D depends_on library procfs.d
#pragma D depends_on module ext4
#pragma D depends_on provider sched
BEGIN
{
#pragma D option flowindent
	trace(1);
}
END { }
