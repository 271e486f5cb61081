/* Takes a folder for its root, opens that root and calls umask(2) with its descriptor. */

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

int main(int count, char **words)
{
	if (count != 2 || chroot(words[1]) != 0 || chdir("/") != 0) return 1;
	int root = open("/", O_RDONLY);
	if (root < 0) return 1;
	umask(root);
	return 0;
}
