/* The second try, with the predicate first, makes no name known that only a later action makes. */
BEGIN /seen++ == 0/
{
	trace(later);
	later = seen;
}
