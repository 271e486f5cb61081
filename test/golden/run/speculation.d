/* One speculation by default: the second is refused; speculate(0) gives the record up. */
BEGIN { self->a = speculation(); self->b = speculation(); trace(self->a); trace(self->b); }
BEGIN { speculate(self->a); trace(1); }
BEGIN { speculate(self->b); trace(2); }
BEGIN { commit(self->b); }
BEGIN { commit(self->a); }
BEGIN { discard(self->a); }
BEGIN { speculate(self->a); trace(3); }
