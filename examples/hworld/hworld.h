/* SPDX-License-Identifier: MIT */
#ifndef HWORLD_H
#define HWORLD_H

#include <linux/types.h>

enum hworld_mood { HWORLD_SHY, HWORLD_CURIOUS, HWORLD_HAPPY };

/* Of an open file. */
struct hworld_greeter {
	u32 count;
	enum hworld_mood mood;
	char text[64];
};

#endif
