/* SPDX-License-Identifier: MIT */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM hworld

#if !defined(HWORLD_TRACE_H) || defined(TRACE_HEADER_MULTI_READ)
#define HWORLD_TRACE_H

#include <linux/tracepoint.h>

#include "hworld.h"

TRACE_EVENT(hworld_greeting,
	TP_PROTO(const struct hworld_greeter *greeter, const char *text),
	TP_ARGS(greeter, text),
	TP_STRUCT__entry(__field(u32, count)),
	TP_fast_assign(__entry->count = greeter->count;),
	TP_printk("count=%u", __entry->count)
);

#endif

#undef TRACE_INCLUDE_PATH
#define TRACE_INCLUDE_PATH .
#undef TRACE_INCLUDE_FILE
#define TRACE_INCLUDE_FILE hworld_trace
#include <trace/define_trace.h>
