/* Comments do not nest: /* is an error in one. */
BEGIN
{
	exit(0);
}
