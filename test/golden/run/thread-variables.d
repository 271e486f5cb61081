/* Thread variables start as 0 and keep their value from clause to clause. */
self int n;
BEGIN { trace(self->n); self->n = 0; }
BEGIN { self->n += 3; self->n++; self->s = "str"; }
BEGIN /self->n == 4/ { trace(self->n); trace(self->s); self->n = 0; }
BEGIN /!self->n/ { trace(self->n); }
