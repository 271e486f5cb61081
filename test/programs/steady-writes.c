/* Writes one byte to /dev/null at a steady RATE a second for SECONDS: steady-writes RATE SECONDS. */
#include <fcntl.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec + time.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
	double rate = atof(argv[1]), start = now();
	long total = rate * atof(argv[2]), done = 0;
	int null = open("/dev/null", O_WRONLY);
	struct timespec pause = { 0, 200000 };

	while (done < total) {
		long due = (now() - start) * rate;

		for (; done < due && done < total; done++)
			if (write(null, "", 1) != 1)
				return 1;
		nanosleep(&pause, 0);
	}
	return 0;
}
