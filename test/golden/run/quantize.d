/* Powers of two to both sides of bucket 63. */
int64_t v;
BEGIN { v = 0; @q = quantize(v); v = 1; @q = quantize(v); v = -1; @q = quantize(v); }
BEGIN { v = 2; @q = quantize(v); v = 3; @q = quantize(v); v = 4; @q = quantize(v, 10); }
BEGIN { v = 1023; @q = quantize(v); v = 1024; @q = quantize(v); v = -1024; @q = quantize(v); }
BEGIN { v = 0x7fffffffffffffff; @q = quantize(v); v = 0x4000000000000000; @q = quantize(v); }
BEGIN { v = -v; @q = quantize(v); v = 0x8000000000000000; @q = quantize(v); }
BEGIN { v = 0xffffffff; @p = quantize(v); v++; @p = quantize(v); v = 65535; @p = quantize(v); v++; @p = quantize(v); }
