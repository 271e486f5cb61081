/* Forks 40 children one after the other; each executes /bin/true. */
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
	for (int child = 0; child < 40; child++) {
		if (fork() == 0) {
			execl("/bin/true", "true", (char *)0);
			_exit(1);
		}
		wait(0);
	}
	return 0;
}
