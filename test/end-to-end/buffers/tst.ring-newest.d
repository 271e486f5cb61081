/* A ring keeps what came last: the second of two records is exit(). */
#pragma D option quiet
#pragma D option bufpolicy=ring
#pragma D option bufsize=32

BEGIN { printf("%d\n", 1); }
BEGIN { printf("%d\n", 2); }
BEGIN { printf("%d\n", 3); }
BEGIN { exit(0); }
