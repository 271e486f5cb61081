event { trace(1 / arg0); }
