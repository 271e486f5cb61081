/* What a member that is a translated pointer points to is nowhere. */
struct inner { string name; };
struct outer { struct inner *in; };
translator struct inner < struct task_struct *t > { name = t->comm; };
translator struct outer < struct task_struct *t > { in = xlate <struct inner *> (t); };
BEGIN { trace(xlate <struct outer *> (curthread)->in->name); }
BEGIN { copy = *xlate <struct outer *> (curthread); }
BEGIN { print(*xlate <struct outer *> (curthread)); }
