provider p { probe a(); };
provider p { probe a(); probe b(); };
BEGIN { exit(0); }
