/* A condition that is no constant cannot choose between an action and a value. */
BEGIN
{
	x = 1;
	x ? printf("a") : 1;
}
