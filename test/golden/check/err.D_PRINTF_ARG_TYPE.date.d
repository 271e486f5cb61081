BEGIN { printf("%Y", (int)walltimestamp); }
