translator struct info < struct task_struct *T > { pr_pid = T->pid; pr_name = stringof(T->comm); };
translator pid_t < int V > { };
