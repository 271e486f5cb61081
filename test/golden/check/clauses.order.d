END
{
	stop();
}

BEGIN /made++ < 5/
{
	trace(made);
}

BEGIN /later == 0/
{
	later = 1;
}
