#pragma D attributes Stable/Stable/Common nosuch
BEGIN { exit(0); }
