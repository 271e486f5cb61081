BEGIN /x++ && y == 0/ { trace(self->z + x); }
