syscall::read:entry, syscall::nosuch:entry { trace(1); }
