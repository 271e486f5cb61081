/*
 * A translator's member may be a translation itself, and be followed; a structure of structures is
 * assigned whole, with its strings.
 *
 * @@options: -q
 * @@nosort
 */
struct inner {
	string name;
	char letters[16];
	int number;
};
struct outer {
	struct inner *pointer;
	int number;
};
struct whole {
	struct inner part;
	int number;
};
translator struct inner < struct task_struct *t > {
	name = t->comm;
	letters = t->comm;
	number = t->pid;
};
translator struct outer < struct task_struct *t > {
	pointer = xlate <struct inner *> (t);
	number = t->tgid;
};
translator struct whole < struct task_struct *t > {
	part = xlate <struct inner> (t);
	number = t->tgid;
};

BEGIN
{
	printf("%s %d %d\n", xlate <struct outer *> (curthread)->pointer->name,
	    xlate <struct outer *> (curthread)->pointer->number == tid,
	    xlate <struct outer *> (curthread)->number == pid);
	copy = *xlate <struct whole *> (curthread);
	printf("%s %s %d %d\n", copy.part.name, copy.part.letters, copy.part.number == tid,
	    copy.number == pid);
	self->copy = xlate <struct inner> (curthread);
	printf("%s %d\n", self->copy.name, self->copy.number == tid);
	exit(0);
}
