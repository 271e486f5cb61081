/* There are no loops; their words are reserved. */
BEGIN
{
	for (i = 0; i < 10; i++) {
		trace(i);
	}
}
