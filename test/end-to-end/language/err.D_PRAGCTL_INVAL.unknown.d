#define NAME 1
BEGIN
{
	exit(0);
}
