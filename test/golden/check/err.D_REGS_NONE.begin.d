BEGIN { trace(regs[16]); }
