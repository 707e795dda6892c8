/* SPDX-License-Identifier: GPL-2.0 */
#define DESIGNATED	arm64_r17
#define OTHER		arm64_r16
#define HAS_PUSH	0
#define HAS_SPILL	0
#define STACK_UNIT	16
#define FIRST_NAME	arm64_min
#define LAST_NAME	arm64_max

static const struct reg regs[] = {
	{ "x0", arm64_r0, 0 },
	{ "x1", arm64_r1, 1 },
	{ "x2", arm64_r2, 2 },
	{ "x3", arm64_r3, 3 },
	{ "x4", arm64_r4, 4 },
	{ "x5", arm64_r5, 5 },
	{ "x6", arm64_r6, 6 },
	{ "x7", arm64_r7, 7 },
	{ "x8", arm64_r8, 8 },
	{ "x9", arm64_r9, 9 },
	{ "x10", arm64_r10, 10 },
	{ "x11", arm64_r11, 11 },
	{ "x12", arm64_r12, 12 },
	{ "x13", arm64_r13, 13 },
	{ "x14", arm64_r14, 14 },
	{ "x15", arm64_r15, 15 },
	{ "x16", arm64_r16, 16 },
	{ "x17", arm64_r17, 17 },
	{ "x18", arm64_r18, 18 },
	{ "x19", arm64_r19, 19 },
	{ "x20", arm64_r20, 20 },
	{ "x21", arm64_r21, 21 },
	{ "x22", arm64_r22, 22 },
	{ "x23", arm64_r23, 23 },
	{ "x24", arm64_r24, 24 },
	{ "x25", arm64_r25, 25 },
	{ "x26", arm64_r26, 26 },
	{ "x27", arm64_r27, 27 },
	{ "x28", arm64_r28, 28 },
	{ "x29", arm64_r29, 29 },
	{ "x30", arm64_r30, 30 },
};
#define NREGS	31
#define NPLACES	31

/* Places that the pair form with this register may also change. */
static inline unsigned long scratch_places(unsigned int uapi)
{
	return uapi == arm64_r16 ? 1ul << 17 : 1ul << 16;
}

/* Places that probe() itself needs: it jumps through x30. */
#define PROBE_PLACES	(1ul << 30)
