struct o { int x; string s; };
translator struct o < struct task_struct *t > { x = t->pid; s = t->comm; };
BEGIN { a[1] = xlate<struct o *>(curthread); }
