/* ASSERTION: a name nobody declared is refused. */

BEGIN
{
	trace(no_such_name);
}
