BEGIN { trace(curthread->parnt); }
