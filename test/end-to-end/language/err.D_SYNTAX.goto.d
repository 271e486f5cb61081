/* A reserved word is no name. */
BEGIN
{
	goto = 1;
}
