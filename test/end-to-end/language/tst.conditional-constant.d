/*
 * A condition that is a constant chooses when the program is read: the other side is not looked
 * at, and actions may stand on both.
 *
 * @@options: -q
 * @@arguments: 1
 * @@nosort
 */
inline int OPT_yes = 1;
inline int OPT_no = OPT_yes - 1;
enum answer { NO, YES };

BEGIN
{
	OPT_yes ? printf("inline\n") : 1;
	OPT_no ? printf("not shown\n") : 1;
	$1 ? printf("argument\n") : 1;
	2 > 1 && YES ? printf("expression\n") : printf("not shown\n");
	NO ? nosuch : 1;
	sizeof (int) == 4 ? printf("size\n") : 1;
	OPT_no ? trace(nosuch) : printf("else\n");
	exit(0);
}
