inline string who = execname;
inline int larger[int a, int b] = a > b ? a : b;
inline struct task_struct *me = curthread;

BEGIN
{
	trace(who);
	trace(larger[pid, 5]);
	trace(me->pid);
}
