provider p { probe a(int); };
provider p { probe a(int, int); };
BEGIN { exit(0); }
