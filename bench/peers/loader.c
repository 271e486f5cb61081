/*
 * Loads a BPF object, attaches all of it, says "ready" and stays until standard input ends. Drains
 * a ring buffer named "records" if there is one and prints how many records it read.
 */
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static unsigned long long received;

static int count_record(void *context, void *data, size_t size)
{
	received++;
	return 0;
}

static int quiet(enum libbpf_print_level level, const char *format, va_list arguments)
{
	return level == LIBBPF_WARN ? vfprintf(stderr, format, arguments) : 0;
}

int main(int argc, char **argv)
{
	struct bpf_object *object;
	struct bpf_program *program;
	struct bpf_map *records;
	struct ring_buffer *ring = NULL;
	struct pollfd input = { .fd = 0, .events = POLLIN | POLLHUP };

	libbpf_set_print(quiet);
	object = bpf_object__open(argv[1]);
	if (!object || bpf_object__load(object))
		return 1;
	bpf_object__for_each_program(program, object) {
		if (!bpf_program__attach(program))
			return 1;
	}

	records = bpf_object__find_map_by_name(object, "records");
	if (records)
		ring = ring_buffer__new(bpf_map__fd(records), count_record, NULL, NULL);
	printf("ready\n");
	fflush(stdout);

	while (poll(&input, 1, 10) == 0) {
		if (ring)
			ring_buffer__consume(ring);
	}
	if (ring)
		ring_buffer__consume(ring);
	printf("%llu\n", received);
	return 0;
}
