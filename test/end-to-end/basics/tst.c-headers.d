/* ASSERTION: headers of the C library are plain C for D.
 * @@options: -q -C
 * @@nosort */
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>
#include <linux/types.h>

BEGIN
{
	printf("%d %d %d %d\n", SIGKILL, ENOENT, O_CLOEXEC, sizeof (struct sockaddr_in));
	exit(0);
}
