int RUNNING;
BEGIN /curthread->run_state == RUNNING/ { trace(1); }
