/* END's records must fit in a buffer that is to be filled.
 * @@status: 1
 * @@options: -q -xbufsize=32 -xbufpolicy=fill */
END { trace(execname); }
