#pragma D attributes Wrong pid
BEGIN { exit(0); }
