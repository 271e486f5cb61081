struct o { int x; };
translator struct o < struct task_struct *t > { x = t->pid; };
BEGIN { xlate<struct o>(curthread); }
