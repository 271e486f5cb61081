struct o { int x; };
translator struct o < struct task_struct *t > { y = t->pid; };
BEGIN { exit(0); }
