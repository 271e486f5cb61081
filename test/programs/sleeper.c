/* Sleeps 200 times for a millisecond, then tells how often the kernel says it was switched meanwhile. */
#include <stdio.h>
#include <unistd.h>

struct switches {
	long voluntary;
	long involuntary;
};

static struct switches switches(void)
{
	struct switches found = {0};
	char line[256];
	FILE *status = fopen("/proc/self/status", "r");
	while (status && fgets(line, sizeof line, status)) {
		sscanf(line, "voluntary_ctxt_switches: %ld", &found.voluntary);
		sscanf(line, "nonvoluntary_ctxt_switches: %ld", &found.involuntary);
	}
	if (status)
		fclose(status);
	return found;
}

int main(void)
{
	struct switches before = switches();
	for (int round = 0; round < 200; round++)
		usleep(1000);
	struct switches after = switches();
	printf("voluntary %ld\n", after.voluntary - before.voluntary);
	printf("involuntary %ld\n", after.involuntary - before.involuntary);
	return 0;
}
