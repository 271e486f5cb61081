typedef struct taskinfo { int id; string name; struct taskinfo *up; } taskinfo_t;

translator taskinfo_t < struct task_struct *t >
{
	id = t->pid;
	name = stringof(t->comm);
};

inline taskinfo_t *current = xlate<taskinfo_t *>(curthread);
taskinfo_t copy;

BEGIN
{
	trace(xlate<taskinfo_t>(curthread->parent).id);
	trace(current->name);
	copy = xlate<taskinfo_t>(curthread);
}

sdt:::sched_switch
{
	trace(args[1]->id);
}
