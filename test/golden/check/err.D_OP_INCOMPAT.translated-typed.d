struct o { int x; string s; };
translator struct o < struct task_struct *t > { x = t->pid; s = t->comm; };
struct o *p;
BEGIN { p = xlate<struct o *>(curthread); }
