#pragma D option destructive
BEGIN { copyoutstr("no", 4096, 2); }
