/* SPDX-License-Identifier: GPL-2.0 */
#define DESIGNATED	riscv64_t1
#define OTHER		riscv64_t3
#define HAS_PUSH	0
#define HAS_SPILL	0
#define STACK_UNIT	16
#define FIRST_NAME	riscv64_min
#define LAST_NAME	riscv64_max

/* The place of the stack pointer is not used. */
static const struct reg regs[] = {
	{ "ra", riscv64_ra, 0 },
	{ "gp", riscv64_gp, 2 },
	{ "tp", riscv64_tp, 3 },
	{ "t0", riscv64_t0, 4 },
	{ "t1", riscv64_t1, 5 },
	{ "t2", riscv64_t2, 6 },
	{ "s0", riscv64_s0, 7 },
	{ "s1", riscv64_s1, 8 },
	{ "a0", riscv64_a0, 9 },
	{ "a1", riscv64_a1, 10 },
	{ "a2", riscv64_a2, 11 },
	{ "a3", riscv64_a3, 12 },
	{ "a4", riscv64_a4, 13 },
	{ "a5", riscv64_a5, 14 },
	{ "a6", riscv64_a6, 15 },
	{ "a7", riscv64_a7, 16 },
	{ "s2", riscv64_s2, 17 },
	{ "s3", riscv64_s3, 18 },
	{ "s4", riscv64_s4, 19 },
	{ "s5", riscv64_s5, 20 },
	{ "s6", riscv64_s6, 21 },
	{ "s7", riscv64_s7, 22 },
	{ "s8", riscv64_s8, 23 },
	{ "s9", riscv64_s9, 24 },
	{ "s10", riscv64_s10, 25 },
	{ "s11", riscv64_s11, 26 },
	{ "t3", riscv64_t3, 27 },
	{ "t4", riscv64_t4, 28 },
	{ "t5", riscv64_t5, 29 },
	{ "t6", riscv64_t6, 30 },
};
#define NREGS	30
#define NPLACES	31

/* Places that the pair form with this register may also change. */
static inline unsigned long scratch_places(unsigned int uapi)
{
	return uapi == riscv64_t3 ? 1ul << 28 : 1ul << 27;
}

/* Places that probe() itself needs: it jumps through t6, and leaves sp alone. */
#define PROBE_PLACES	(1ul << 30 | 1ul << 1)
