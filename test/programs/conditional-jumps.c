/*
 * Asks the processor which conditional jumps it takes: a line for each jump and state of what it
 * looks at, "MNEMONIC OPERANDS|FLAGS|COUNT|TAKEN".
 */

#include <stdio.h>

#if defined(__x86_64__)

#define TRY(text, flags, count)                                                     \
	do {                                                                        \
		unsigned long left = count;                                         \
		int taken;                                                          \
		asm volatile("sub $128, %%rsp\n\t"                                  \
			     "push %2\n\t"                                          \
			     "popf\n\t"                                             \
			     "mov $1, %0\n\t"                                       \
			     text " 1f\n\t"                                         \
			     "mov $0, %0\n"                                         \
			     "1:\n\t"                                               \
			     "lea 128(%%rsp), %%rsp"                                \
			     : "=&r"(taken), "+c"(left)                             \
			     : "r"((unsigned long)(flags))                          \
			     : "cc", "memory");                                     \
		printf("%s |%lu|%lu|%d\n", text, (unsigned long)(flags),            \
		       (unsigned long)(count), taken);                              \
	} while (0)

int main(void)
{
	static const unsigned long bits[] = {1 << 0, 1 << 2, 1 << 6, 1 << 7, 1 << 11};
	static const unsigned long counts[] = {0, 1, 2, 1UL << 32, (1UL << 32) + 1};

	for (int state = 0; state < 32; state++) {
		unsigned long flags = 0x202;
		for (int bit = 0; bit < 5; bit++)
			flags |= state >> bit & 1 ? bits[bit] : 0;
		TRY("jo", flags, 0);
		TRY("jno", flags, 0);
		TRY("jb", flags, 0);
		TRY("jae", flags, 0);
		TRY("je", flags, 0);
		TRY("jne", flags, 0);
		TRY("jbe", flags, 0);
		TRY("ja", flags, 0);
		TRY("js", flags, 0);
		TRY("jns", flags, 0);
		TRY("jp", flags, 0);
		TRY("jnp", flags, 0);
		TRY("jl", flags, 0);
		TRY("jge", flags, 0);
		TRY("jle", flags, 0);
		TRY("jg", flags, 0);
		for (int index = 0; index < 5; index++) {
			TRY("jrcxz", flags, counts[index]);
			TRY("jecxz", flags, counts[index]);
			TRY("loop", flags, counts[index]);
			TRY("loope", flags, counts[index]);
			TRY("loopne", flags, counts[index]);
		}
	}
	return 0;
}

#elif defined(__aarch64__)

#define TRY(text, operands, flags, count)                                           \
	do {                                                                        \
		register unsigned long left asm("x9") = count;                      \
		int taken;                                                          \
		asm volatile("msr nzcv, %1\n\t"                                     \
			     "mov %w0, #1\n\t"                                      \
			     text " " operands "1f\n\t"                             \
			     "mov %w0, #0\n"                                        \
			     "1:"                                                   \
			     : "=&r"(taken)                                         \
			     : "r"((unsigned long)(flags)), "r"(left)               \
			     : "cc");                                               \
		printf("%s %s|%lu|%lu|%d\n", text, operands, (unsigned long)(flags), \
		       (unsigned long)(count), taken);                              \
	} while (0)

int main(void)
{
	static const unsigned long counts[] = {0, 1, 1UL << 5, 1UL << 32, 1UL << 63};

	for (unsigned long state = 0; state < 16; state++) {
		unsigned long flags = state << 28;
		TRY("b.eq", "", flags, 0);
		TRY("b.ne", "", flags, 0);
		TRY("b.hs", "", flags, 0);
		TRY("b.lo", "", flags, 0);
		TRY("b.mi", "", flags, 0);
		TRY("b.pl", "", flags, 0);
		TRY("b.vs", "", flags, 0);
		TRY("b.vc", "", flags, 0);
		TRY("b.hi", "", flags, 0);
		TRY("b.ls", "", flags, 0);
		TRY("b.ge", "", flags, 0);
		TRY("b.lt", "", flags, 0);
		TRY("b.gt", "", flags, 0);
		TRY("b.le", "", flags, 0);
		TRY("b.al", "", flags, 0);
		for (int index = 0; index < 5; index++) {
			TRY("cbz", "x9, ", flags, counts[index]);
			TRY("cbz", "w9, ", flags, counts[index]);
			TRY("cbnz", "x9, ", flags, counts[index]);
			TRY("cbnz", "w9, ", flags, counts[index]);
			TRY("cbz", "xzr, ", flags, counts[index]);
			TRY("tbz", "w9, #0, ", flags, counts[index]);
			TRY("tbz", "w9, #5, ", flags, counts[index]);
			TRY("tbnz", "w9, #5, ", flags, counts[index]);
			TRY("tbnz", "x9, #63, ", flags, counts[index]);
		}
	}
	return 0;
}

#endif
