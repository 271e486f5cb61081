syscall::read:entry, syscall::write:entry, syscall::open:entry
{
	trace(args[1]);
}

syscall:::entry
{
	trace(arg0);
	trace(uregs[3]);
}

sdt:::sched_switch
{
	trace(args[0]->pid);
}
