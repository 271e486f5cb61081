/*
 * Tells what it is and what it has open, as the kernel's own interfaces say, in lines `truth …`;
 * then calls umask(n) for every open file n from 20 on, and umask(0) at the end.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <libgen.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

enum { first = 20 };
static int next = first;

static void keep(int opened)
{
	dup2(opened, next++);
	close(opened);
}

static long number_in(const char *path, const char *name, int base)
{
	char line[4096];
	FILE *file = fopen(path, "r");
	long found = -1;
	while (file && fgets(line, sizeof line, file))
		if (strncmp(line, name, strlen(name)) == 0)
			found = strtol(line + strlen(name), NULL, base);
	if (file)
		fclose(file);
	return found;
}

/* The mount point and the file system of a mount. */
static void find_mount(long id, char *point, char *type)
{
	char line[4096];
	FILE *file = fopen("/proc/self/mountinfo", "r");
	strcpy(point, "<unknown>");
	strcpy(type, "?");
	while (file && fgets(line, sizeof line, file)) {
		char *rest = strstr(line, " - ");
		if (strtol(line, NULL, 10) != id || !rest)
			continue;
		sscanf(line, "%*s %*s %*s %*s %s", point);
		sscanf(rest, " - %s", type);
	}
	if (file)
		fclose(file);
}

static void tell_file(int number)
{
	char path[64], name[4096] = "", copy[4096], point[4096], type[64];
	snprintf(path, sizeof path, "/proc/self/fd/%d", number);
	if (readlink(path, name, sizeof name - 1) < 0)
		return;
	snprintf(path, sizeof path, "/proc/self/fdinfo/%d", number);
	find_mount(number_in(path, "mnt_id:", 10), point, type);
	printf("truth file %d %s", number, name);
	printf(" %s", name[0] == '/' ? basename(strcpy(copy, name)) : name);
	printf(" %s", name[0] == '/' ? dirname(strcpy(copy, name)) : "<unknown>");
	printf(" %ld 0%lo %s %s\n", number_in(path, "pos:", 10), number_in(path, "flags:", 8),
	    point, type);
}

static void tell_process(int argc, char **argv)
{
	char text[4096] = "", *field = text;
	FILE *file = fopen("/proc/self/stat", "r");
	fgets(text, sizeof text, file);
	fclose(file);
	field = strrchr(text, ')') + 2;
	for (int skipped = 3; skipped < 18; skipped++)
		field = strchr(field, ' ') + 1;
	printf("truth ids %d %d %d %d\n", getpid(), getppid(), getpgrp(), getsid(0));
	printf("truth users %d %d %d %d\n", getuid(), geteuid(), getgid(), getegid());
	printf("truth shape %ld %ld %d\n", number_in("/proc/self/status", "Threads:", 10),
	    number_in("/proc/self/status", "VmSize:", 10), argc);
	printf("truth scheduling %ld %d %s\n", strtol(field, NULL, 10),
	    getpriority(PRIO_PROCESS, 0), sched_getscheduler(0) == SCHED_OTHER ? "TS" : "?");
	for (int skipped = 18; skipped < 22; skipped++)
		field = strchr(field, ' ') + 1;
	printf("truth start %ld\n", number_in("/proc/stat", "btime", 10) +
	    strtol(field, NULL, 10) / sysconf(_SC_CLK_TCK));
	printf("truth directory %s\n", getcwd(text, sizeof text));
	printf("truth arguments");
	for (int index = 0; index < argc; index++)
		printf(" %s", argv[index]);
	printf("\n");
}

int main(int argc, char **argv)
{
	int pipes[2];

	keep(open("/etc/passwd", O_RDONLY));
	lseek(first, 7, SEEK_SET);
	keep(open(argv[1], O_RDWR | O_CREAT | O_APPEND, 0600));
	write(first + 1, "hello", 5);
	keep(open("/proc/self/status", O_RDONLY | O_NONBLOCK));
	keep(open("/dev/null", O_WRONLY));
	keep(open("/", O_RDONLY | O_DIRECTORY));
	keep(open("/proc", O_RDONLY | O_DIRECTORY));
	pipe(pipes);
	keep(pipes[0]);
	keep(socket(AF_UNIX, SOCK_STREAM, 0));
	keep(epoll_create1(0));
	chdir("/usr/share");
	nice(5);
	setvbuf(stdout, NULL, _IOFBF, 1 << 20);
	for (int number = first; number < next; number++)
		tell_file(number);
	setegid(54321);
	seteuid(12345);
	tell_process(argc, argv);
	fflush(stdout);
	for (int number = first; number <= next; number++)
		umask(number);
	umask(0);
	return 0;
}
