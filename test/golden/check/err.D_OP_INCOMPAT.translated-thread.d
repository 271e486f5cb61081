struct o { int x; string s; };
translator struct o < struct task_struct *t > { x = t->pid; s = t->comm; };
BEGIN { self->p = xlate<struct o *>(curthread); trace(self->p->s); }
