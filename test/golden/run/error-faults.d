/* A fault in ERROR is not reported again: it is counted. */
BEGIN { trace(*(int *)16); }
BEGIN { trace(1); }
ERROR { trace(2); trace(*(int *)8); }
ERROR { trace(3); }
