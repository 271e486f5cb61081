/* A condition that is no constant cannot choose between two actions. */
BEGIN
{
	x = 1;
	x ? printf("a") : printf("b");
}
