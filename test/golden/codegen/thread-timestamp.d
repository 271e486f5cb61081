event /arg0 == 1/ { self->ts = timestamp; }
event /self->ts/ { @ = sum(timestamp - self->ts); self->ts = 0; }
