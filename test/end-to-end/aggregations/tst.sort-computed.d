/* setopt() takes a value that is known only when the probe fires. */
#pragma D option quiet

BEGIN
{
	@a[1] = sum(1);
	@b[1] = sum(9);
	@a[2] = sum(2);
	@b[2] = sum(3);
	position = 1;
	setopt("aggsortpos", lltostr(position));
	printa("%d %@d %@d\n", @a, @b);
	setopt("aggsortpos", lltostr(position - 1));
	printa("%d %@d %@d\n", @a, @b);
	exit(0);
}
