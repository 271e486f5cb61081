/* + joins no strings. */
BEGIN
{
	text = execname;
	trace(text + "more");
}
