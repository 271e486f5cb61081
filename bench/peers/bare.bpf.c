/* The least that can be attached to a tracepoint. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

char licence[] SEC("license") = "Dual MIT/GPL";

#define PLACE(event) "raw_tp/" #event
#define PLACE_OF(event) PLACE(event)

SEC(PLACE_OF(TRACEPOINT))
int bare(void *context)
{
	return 0;
}
