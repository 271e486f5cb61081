struct o { int x; string s; };
translator struct o < struct task_struct *t > { x = t->pid; s = t->comm; };
BEGIN { trace(xlate<struct o *>(curthread)[0].x); }
