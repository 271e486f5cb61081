/* A variable hides a type of its name; a typedef of the program is a type from there on. */
typedef int mine;
int size_t;
BEGIN { (mine)-1; (size_t)-1; sizeof (size_t); sizeof (mine); }
