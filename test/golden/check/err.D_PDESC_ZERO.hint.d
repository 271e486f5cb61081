syscall::wrte:entry { trace(1); }
