struct o { int x; };
translator struct o < struct task_struct *t > { x = stringof(t->comm); };
BEGIN { exit(0); }
