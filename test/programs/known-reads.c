/* Reads the file it is given a known number of times: of lengths 1 to 10, over and over. */

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

int main(int count, char **words)
{
	char bytes[16];
	int file = open(words[1], O_RDONLY);
	int reads = atoi(words[2]);

	if (count != 3 || file < 0)
		return 1;
	for (int done = 0; done < reads; done++)
		if (pread(file, bytes, 1 + done % 10, 0) != 1 + done % 10)
			return 2;
	return 0;
}
