struct o { int x; };
translator struct o < struct task_struct *t > { x = t->pid; };
translator struct o < struct task_struct *t > { x = t->pid; };
BEGIN { exit(0); }
