/* ASSERTION: a pragma that names no option is refused. */

#pragma D option nonsense

BEGIN
{
	exit(0);
}
