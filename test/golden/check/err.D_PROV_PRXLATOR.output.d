struct o { int x; };
provider p { probe a(int x) : (struct o x); };
BEGIN { exit(0); }
