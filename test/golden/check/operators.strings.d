BEGIN
{
	trace(execname == "sh");
	trace(execname < stringof(curthread->comm));
	trace(execname + 2);
	trace(execname[0]);
	trace(pid ? execname : "other");
	self->name = execname;
	self->name = 0;
	trace(strlen((char *)arg0));
	trace(strtok(NULL, ","));
	trace((string)arg0);
	trace(execname != NULL);
}
