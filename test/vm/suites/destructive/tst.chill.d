/* chill() waits at least as long as it is told to. */
#pragma D option destructive
#pragma D option quiet

BEGIN
{
	began = timestamp;
	chill(50000000);
}

END
{
	printf("%s\n", timestamp - began >= 50000000 ? "waited" : "hurried");
}

BEGIN
{
	exit(0);
}
