/* A process counts as its own progeny; nobody descends from a process that is not there. */
BEGIN
{
	trace(progenyof(pid)); trace(progenyof(ppid)); trace(progenyof(999999999));
	trace(curthread->pid == tid); trace(curthread->real_parent->tgid == ppid);
	trace(strlen(curthread->comm)); trace(curthread->comm == execname);
}
