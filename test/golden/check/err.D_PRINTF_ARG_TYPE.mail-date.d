BEGIN { printf("%T", (uint32_t)walltimestamp); }
