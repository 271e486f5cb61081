BEGIN { speculate(1); copyout(alloca(1), arg0, 1); }
