BEGIN { trace((int)*curthread); }
