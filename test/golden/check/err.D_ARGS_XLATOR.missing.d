typedef struct taskinfo { int id; } taskinfo_t;
sdt:::sched_switch { trace(args[1]->id); }
