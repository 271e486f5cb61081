/*
 * known-calls FILE TIMES: through syscall(2), as often as it is told, openat, read of 1 to 8 bytes,
 * write of 3 and close on the file; half as often an openat of a file that is not there and a read of
 * a bad descriptor; three children that end at once. Linked statically it makes no others of these.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int count, char **words)
{
	int times = count > 2 ? atoi(words[2]) : 1;
	char bytes[8];

	for (int index = 0; index < times; index++) {
		long file = syscall(SYS_openat, AT_FDCWD, words[1], O_RDWR, 0);

		syscall(SYS_read, file, bytes, index % 8 + 1);
		syscall(SYS_write, file, bytes, 3);
		syscall(SYS_close, file);
	}
	for (int index = 0; index < times / 2; index++) {
		syscall(SYS_openat, AT_FDCWD, "/no/such/file", O_RDONLY, 0);
		syscall(SYS_read, 77, bytes, 5);
	}
	for (int index = 0; index < 3; index++) {
		if (syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0) == 0)
			syscall(SYS_exit_group, 0);
		while (wait(0) < 0 && errno == EINTR)
			;
	}
	return 0;
}
