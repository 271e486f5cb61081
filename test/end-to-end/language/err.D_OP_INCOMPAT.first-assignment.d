/* A variable keeps the type of what was assigned first. */
BEGIN
{
	text = "abc";
	text = 1;
}
