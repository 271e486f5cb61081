/* Behind chill() it is later, in the same clause and in the next. */
#pragma D option destructive
#pragma D option quiet

BEGIN
{
	began = timestamp;
	same = timestamp - began;
	chill(30000000);
	printf("%d %d\n", same, timestamp - began >= 30000000);
}

BEGIN
{
	printf("%d\n", timestamp - began >= 30000000);
	exit(0);
}
