struct o { int x; };
translator struct o < struct task_struct *t > { x = t->pid; };
BEGIN { print(xlate<struct o *>(curthread)); }
