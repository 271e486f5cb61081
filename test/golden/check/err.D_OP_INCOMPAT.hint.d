BEGIN { x = execname + "a"; }
