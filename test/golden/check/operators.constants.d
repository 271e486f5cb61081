inline int two = 2;

BEGIN
{
	trace(1 + two * 3);
	trace(2147483647 + 1);
	trace(0xffffffff + 1);
	trace(-1 < 0u);
	trace(7 / -2);
	trace(1 << 33);
	trace('ab');
	trace(sizeof (int) + sizeof "abc");
	two ? printf("chosen") : 1;
	trace(0 ? 1 : 2);
	trace(NULL);
}
