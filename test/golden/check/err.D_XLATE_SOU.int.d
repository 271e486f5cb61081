translator int < struct task_struct *t > { x = 1; };
BEGIN { exit(0); }
