/* Sleeps 200 times for a millisecond, then tells how often the kernel says it was switched. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(void)
{
	char line[256];
	for (int round = 0; round < 200; round++)
		usleep(1000);
	FILE *status = fopen("/proc/self/status", "r");
	while (status && fgets(line, sizeof line, status)) {
		long count;
		if (sscanf(line, "voluntary_ctxt_switches: %ld", &count) == 1)
			printf("voluntary %ld\n", count);
		if (sscanf(line, "nonvoluntary_ctxt_switches: %ld", &count) == 1)
			printf("involuntary %ld\n", count);
	}
	return 0;
}
