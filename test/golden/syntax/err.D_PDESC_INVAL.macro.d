pid$nothing:::, tick-$1, a$ { }
