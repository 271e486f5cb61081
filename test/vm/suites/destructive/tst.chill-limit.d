/* No CPU waits for longer than half a second of each. */
#pragma D option destructive
#pragma D option quiet

BEGIN
{
	chill(500000001);
	printf("never");
}

BEGIN
{
	chill(100000000);
	printf("once\n");
}

BEGIN
{
	chill(400000001);
	printf("never");
}

BEGIN
{
	exit(0);
}
