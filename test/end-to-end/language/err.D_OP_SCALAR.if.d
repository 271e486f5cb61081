/* A string is no condition. */
BEGIN
{
	if (execname) {
		trace(1);
	}
}
