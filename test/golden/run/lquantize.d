/* Below the base, steps, from the limit on. */
int64_t v;
BEGIN { v = -11; @l = lquantize(v, -10, 20, 10); v = -10; @l = lquantize(v, -10, 20, 10); }
BEGIN { v = 0; @l = lquantize(v, -10, 20, 10); v = 19; @l = lquantize(v, -10, 20, 10, 5); }
BEGIN { v = 20; @l = lquantize(v, -10, 20, 10); v = 0x7fffffffffffffff; @l = lquantize(v, -10, 20, 10); }
