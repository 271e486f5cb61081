struct o { int x; int y; };
translator struct o < struct task_struct *t > { x = t->pid; };
BEGIN { trace(xlate<struct o>(curthread).y); }
