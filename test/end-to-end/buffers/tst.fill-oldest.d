/* A filled buffer ends tracing and keeps what came first; END has room of its own. */
#pragma D option quiet
#pragma D option bufpolicy=fill
#pragma D option bufsize=48
#pragma D option statusrate=10ms

BEGIN { printf("%d\n", 1); }
BEGIN { printf("%d\n", 2); }
BEGIN { printf("%d\n", 3); }
BEGIN { printf("%d\n", 4); }
END { printf("end\n"); }
