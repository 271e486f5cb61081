/*
 * Options that change nothing here are taken from a program, too.
 *
 * @@options: -q
 * @@nosort
 */
#pragma D option iregs=8
#pragma D option tregs=8
#pragma D option linkmode=dynamic
#pragma D option linktype=elf
#pragma D option lazyload
#pragma D option evaltime=exec
#pragma D option pgmax=8
#pragma D option knodefs

BEGIN
{
	exit(0);
}
