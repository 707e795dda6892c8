/* SPDX-License-Identifier: GPL-2.0 */
#define DESIGNATED	x64_r10
#define OTHER		x64_r11
#define HAS_PUSH	1
#define HAS_SPILL	0
#define STACK_UNIT	8
#define FIRST_NAME	x64_min
#define LAST_NAME	x64_max

static const struct reg regs[] = {
	{ "rax", x64_rax, 0 }, { "rbx", x64_rbx, 1 }, { "rcx", x64_rcx, 2 },
	{ "rdx", x64_rdx, 3 }, { "rsi", x64_rsi, 4 }, { "rdi", x64_rdi, 5 },
	{ "rbp", x64_rbp, 6 }, { "r8", x64_r8, 7 }, { "r9", x64_r9, 8 },
	{ "r10", x64_r10, 9 }, { "r11", x64_r11, 10 }, { "r12", x64_r12, 11 },
	{ "r13", x64_r13, 12 }, { "r14", x64_r14, 13 }, { "r15", x64_r15, 14 },
};
#define NREGS	15
#define NPLACES	15

/* Places that the pair form with this register may also change. */
static inline unsigned long scratch_places(unsigned int uapi)
{
	(void)uapi;
	return 0;
}

/* Places that probe() itself needs. */
#define PROBE_PLACES	0ul
