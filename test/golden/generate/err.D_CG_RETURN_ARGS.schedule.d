fbt::schedule:return { trace(arg2); }
