syscall::read:entry, syscall::write:entry /pid > 1/
{
	trace(1);
	if (arg0 > 2) {
		trace(2);
		if (arg1) { trace(3); } else { trace(4); }
	} else {
		trace(5);
	}
	trace(6);
}
