/* Writes one byte to /dev/null N times when a byte arrives on standard input. Prints its pid first. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	long count = atol(argv[1]);
	int null = open("/dev/null", O_WRONLY);
	char byte = 0;

	printf("%d\n", getpid());
	fflush(stdout);
	if (read(0, &byte, 1) != 1)
		return 1;
	while (count-- > 0)
		if (write(null, &byte, 1) != 1)
			return 1;
	return 0;
}
