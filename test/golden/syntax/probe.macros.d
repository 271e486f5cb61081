/* @@arguments: 99 libc */
pid$target:$2:malloc:entry, pid$$target:::, tick-$1s, tick-$1 { }
