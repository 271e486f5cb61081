#pragma D attributes Fine/Stable/ISA name
BEGIN { }
