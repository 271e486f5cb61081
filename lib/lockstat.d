/** How a readers/writer lock is held: `arg1` of lockstat's `rw-acquire`, `arg2` of `rw-block`. */

inline int RW_WRITER = 0;
inline int RW_READER = 1;

#pragma D attributes Evolving/Evolving/Common RW_WRITER
#pragma D attributes Evolving/Evolving/Common RW_READER
