BEGIN { self->s = stack(); }
