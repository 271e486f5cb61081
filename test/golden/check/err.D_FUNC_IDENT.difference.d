/* A dash is minus here, and what is called is told before what is assigned. */
BEGIN { @counts[0][2] = tick-1(); }
