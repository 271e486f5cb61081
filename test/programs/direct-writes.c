/* When a line comes on standard input: 20 direct writes of growing size to FILE, with pauses. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	struct timespec pause = { 0, 5000000 };
	char byte;
	void *memory;
	int file = open(argv[1], O_CREAT | O_RDWR | O_DIRECT, 0600);

	if (file < 0 || posix_memalign(&memory, 4096, 8 * 4096) || read(0, &byte, 1) != 1)
		return 1;
	for (int turn = 0; turn < 20; turn++) {
		if (pwrite(file, memory, (1 + turn % 8) * 4096, turn * 8 * 4096) < 0)
			return 1;
		nanosleep(&pause, 0);
	}
	return 0;
}
