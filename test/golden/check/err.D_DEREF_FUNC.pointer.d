BEGIN { trace(*(task_handler_t)arg0); }
