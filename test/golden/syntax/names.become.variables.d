/* A type's name that is assigned to or indexed is a variable from there on. */
BEGIN { (pid_t)-1; pid_t = 5; (pid_t)-1; }
END { (uint64_t)-1; uint64_t[1]; sizeof (uint64_t); }
