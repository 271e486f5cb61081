/* A word that names a type begins a declaration, patterns or not; with a colon it never does. */
uint64_t* a;
uint64_t b;
uint64_t*c, d;
int*e;
uint64_*:f:g:h { }
uint64_t:::entry { }
