/* A description is read from the right; one leading colon is free. */
name, func:name, mod:func:name, prov:mod:func:name, :::, ::name, prov:::, :name
{ }
sys*::open[a-z]?:entry, a:b.ko:c`d:-e*, tick-1sec, foo\*bar { }
