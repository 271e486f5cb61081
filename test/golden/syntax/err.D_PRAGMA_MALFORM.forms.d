#pragma D option
#pragma D option "quiet"
#pragma D option quiet please
#pragma D attributes Stable/Stable/ISA
#pragma D attributes Stable/Stable/ISA provider sched
#pragma D binding 1.2 name
#pragma D depends_on library
#line
#line "file"
# 5 file
BEGIN { }
