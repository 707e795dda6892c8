/* SPDX-License-Identifier: GPL-2.0 */
#define DESIGNATED	arm_r12
#define OTHER		arm_r3
#define HAS_PUSH	0
#define HAS_SPILL	0
#define STACK_UNIT	8
#define FIRST_NAME	arm_min
#define LAST_NAME	arm_max

static const struct reg regs[] = {
	{ "r0", arm_r0, 0 }, { "r1", arm_r1, 1 }, { "r2", arm_r2, 2 },
	{ "r3", arm_r3, 3 }, { "r4", arm_r4, 4 }, { "r5", arm_r5, 5 },
	{ "r6", arm_r6, 6 }, { "r7", arm_r7, 7 }, { "r8", arm_r8, 8 },
	{ "r9", arm_r9, 9 }, { "r10", arm_r10, 10 }, { "r11", arm_r11, 11 },
	{ "r12", arm_r12, 12 }, { "r14", arm_r14, 13 },
};
#define NREGS	14
#define NPLACES	14

/* Places that the pair form with this register may also change. */
static inline unsigned long scratch_places(unsigned int uapi)
{
	(void)uapi;
	return 0;
}

/* Places that probe() itself needs. */
#define PROBE_PLACES	0ul
