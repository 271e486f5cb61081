struct o { int x; string s; };
translator struct o < struct task_struct *t > { x = t->pid; s = t->comm; };
BEGIN { tracemem(xlate<struct o *>(curthread), 8); }
