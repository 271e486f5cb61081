/* A clause whose predicate does not hold records nothing; clause variables go on. */
BEGIN /0/ { trace(1); }
BEGIN /execname == "node"/ { trace(2); this->seen = 3; }
BEGIN /execname != "node"/ { trace(4); }
BEGIN /this->seen == 3/ { trace(this->seen); }
BEGIN { this->seen++; }
BEGIN { trace(this->seen); }
