/* The rest of the clause runs, later clauses do not. */
BEGIN { exit(3); trace(1); }
BEGIN { trace(2); }
