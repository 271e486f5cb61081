BEGIN { pritnf("a"); }
