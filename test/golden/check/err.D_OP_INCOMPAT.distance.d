/* Strings are not at places that could be apart. */
BEGIN { trace(execname - probename); trace((execname + 1) - execname); }
