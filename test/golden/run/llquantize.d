/* Linear steps in each power of ten. */
int64_t v;
BEGIN { v = 0; @l = llquantize(v, 10, 0, 2, 10); v = 1; @l = llquantize(v, 10, 0, 2, 10); }
BEGIN { v = 9; @l = llquantize(v, 10, 0, 2, 10); v = 10; @l = llquantize(v, 10, 0, 2, 10); }
BEGIN { v = 95; @l = llquantize(v, 10, 0, 2, 10); v = 999; @l = llquantize(v, 10, 0, 2, 10); }
BEGIN { v = 1000; @l = llquantize(v, 10, 0, 2, 10); }
