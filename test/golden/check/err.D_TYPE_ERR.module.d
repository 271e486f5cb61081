BEGIN { trace(sizeof (struct nomodule`task_struct)); }
