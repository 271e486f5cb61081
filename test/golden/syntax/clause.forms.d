/* A clause has probes, and perhaps a predicate and statements. */
BEGIN { }
BEGIN, END { trace(1); trace(2) }
tick-1s /pid == 1/ { ; }
5, 6 / x / { exit(0); }
