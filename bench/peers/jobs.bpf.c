/*
 * The jobs of the cost table as one would write them in C, one a -DJOB_x. Each looks at write(2) of
 * the process TARGET only.
 */
#include "vmlinux.h"
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

char licence[] SEC("license") = "Dual MIT/GPL";

#define WRITE_NUMBER 1

static __always_inline int wanted(long number)
{
	return number == WRITE_NUMBER && (bpf_get_current_pid_tgid() >> 32) == TARGET;
}

#ifdef JOB_COUNT
struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, u64);
} counts SEC(".maps");

SEC("raw_tp/sys_enter")
int BPF_PROG(enter, struct pt_regs *registers, long number)
{
	u32 zero = 0;
	u64 *count;

	if (!wanted(number))
		return 0;
	count = bpf_map_lookup_elem(&counts, &zero);
	if (count)
		__sync_fetch_and_add(count, 1);
	return 0;
}
#endif

#ifdef JOB_EXECNAME
struct name_key {
	char name[16];
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__uint(max_entries, 16384);
	__type(key, struct name_key);
	__type(value, u64);
} counts SEC(".maps");

SEC("raw_tp/sys_enter")
int BPF_PROG(enter, struct pt_regs *registers, long number)
{
	struct name_key key;
	u64 *count, zero = 0;

	if (!wanted(number))
		return 0;
	bpf_get_current_comm(&key, sizeof(key));
	count = bpf_map_lookup_elem(&counts, &key);
	if (!count) {
		bpf_map_update_elem(&counts, &key, &zero, BPF_NOEXIST);
		count = bpf_map_lookup_elem(&counts, &key);
		if (!count)
			return 0;
	}
	__sync_fetch_and_add(count, 1);
	return 0;
}
#endif

#if defined(JOB_QUANTIZE) || defined(JOB_LATENCY)
#define BUCKETS 127

struct buckets {
	u64 counts[BUCKETS];
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, struct buckets);
} distribution SEC(".maps");

static __always_inline u32 bucket_of(s64 value)
{
	u64 magnitude = value < 0 ? -value : value;
	u32 log = 0, shift;

	if (value == 0)
		return 63;
	shift = (magnitude > 0xffffffff) << 5; magnitude >>= shift; log |= shift;
	shift = (magnitude > 0xffff) << 4; magnitude >>= shift; log |= shift;
	shift = (magnitude > 0xff) << 3; magnitude >>= shift; log |= shift;
	shift = (magnitude > 0xf) << 2; magnitude >>= shift; log |= shift;
	shift = (magnitude > 0x3) << 1; magnitude >>= shift; log |= shift;
	log |= magnitude >> 1;
	return value < 0 ? 62 - log : 64 + log;
}

static __always_inline void add(s64 value)
{
	u32 zero = 0, bucket = bucket_of(value);
	struct buckets *buckets = bpf_map_lookup_elem(&distribution, &zero);

	if (buckets && bucket < BUCKETS)
		__sync_fetch_and_add(&buckets->counts[bucket], 1);
}
#endif

#ifdef JOB_QUANTIZE
SEC("raw_tp/sys_enter")
int BPF_PROG(enter, struct pt_regs *registers, long number)
{
	if (!wanted(number))
		return 0;
	add(BPF_CORE_READ(registers, dx));
	return 0;
}
#endif

#ifdef JOB_LATENCY
struct {
	__uint(type, BPF_MAP_TYPE_TASK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, u64);
} starts SEC(".maps");

SEC("raw_tp/sys_enter")
int BPF_PROG(enter, struct pt_regs *registers, long number)
{
	u64 *start;

	if (!wanted(number))
		return 0;
	start = bpf_task_storage_get(&starts, bpf_get_current_task_btf(), 0,
				     BPF_LOCAL_STORAGE_GET_F_CREATE);
	if (start)
		*start = bpf_ktime_get_ns();
	return 0;
}

SEC("raw_tp/sys_exit")
int BPF_PROG(leave, struct pt_regs *registers, long result)
{
	u64 *start;

	if (BPF_CORE_READ(registers, orig_ax) != WRITE_NUMBER)
		return 0;
	start = bpf_task_storage_get(&starts, bpf_get_current_task_btf(), 0, 0);
	if (!start || !*start)
		return 0;
	add(bpf_ktime_get_ns() - *start);
	*start = 0;
	return 0;
}
#endif

#ifdef JOB_RECORD
struct record {
	u64 header;
	u64 time;
	u64 length;
	char name[16];
};

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4 << 20);
} records SEC(".maps");

SEC("raw_tp/sys_enter")
int BPF_PROG(enter, struct pt_regs *registers, long number)
{
	struct record *record;

	if (!wanted(number))
		return 0;
	record = bpf_ringbuf_reserve(&records, sizeof(*record), 0);
	if (!record)
		return 0;
	record->header = 1;
	record->time = bpf_ktime_get_ns();
	record->length = BPF_CORE_READ(registers, dx);
	bpf_get_current_comm(record->name, sizeof(record->name));
	bpf_ringbuf_submit(record, BPF_RB_NO_WAKEUP);
	return 0;
}
#endif
