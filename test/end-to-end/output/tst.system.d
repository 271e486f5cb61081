/* What a command of system() writes stands where its record does.
 * @@options: -w -xcpu=0
 * @@nosort */

BEGIN
{
	system("echo %s", "written");
	exit(0);
}
