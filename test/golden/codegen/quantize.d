event { @ = quantize(arg0); }
