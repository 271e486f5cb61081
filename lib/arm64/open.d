/** The flags of open(2) whose values are those of arm64. */

inline int O_DIRECTORY = 0x4000;
inline int O_NOFOLLOW = 0x8000;
inline int O_DIRECT = 0x10000;
inline int O_LARGEFILE = 0x20000;
inline int O_TMPFILE = 0x400000 | O_DIRECTORY;
