/* Characters, addresses and text as they are and escaped; a precision of 0 is none.
 * @@options: -q
 * @@nosort */

BEGIN
{
	printf("%c%c|%C%C%C|\n", 65, (char)66, 10, 0, 97);
	printf("%s|%S|%10S|\n", "tab\t", "tab\t\"\\\n", "\n");
	printf("%p %p %#p %?x|%-?d|\n", 48879, (void *)48879, 48879, 255, 1);
	printf("%.0s|%.s|%.2s|%5.1s|%.0d|%.4d|\n", "whole", "whole", "cut", "cut", 7, 7);
	printf("%5d|%-5d|%05d|%+d|% d|%*d|%-*d|%.*s|\n", 1, 1, 1, 1, 1, 3, 1, 3, 1, 1, "cut");
	printf("%'d %% %d%%\n", 1234567, 100);
	exit(0);
}
