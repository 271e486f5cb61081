/* The predicate names what an action behind the first unknown name would have made. */
BEGIN /made == 0/
{
	trace(unknown);
	made = 1;
}
