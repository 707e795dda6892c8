// SPDX-License-Identifier: GPL-2.0
/*
 * Trampolines of 32-bit ARM, in ARM state.  Addresses are literals behind the
 * code; every jump is one that enters Thumb code at addresses with bit 0 set.
 *
 * Copyright (c) 2026 the maintainers of this repository
 */
#include <linux/kernel.h>

#include "code.h"

const struct trampfd_reg trampfd_arm_regs[TRAMPFD_ARM_NREGS] = {
	{ "r0", 0 }, { "r1", 1 }, { "r2", 2 }, { "r3", 3 },
	{ "r4", 4 }, { "r5", 5 }, { "r6", 6 }, { "r7", 7 },
	{ "r8", 8 }, { "r9", 9 }, { "r10", 10 }, { "r11", 11 },
	{ "r12", 12 }, { "r13", 0xff }, { "r14", 14 }, { "r15", 0xff },
};

enum { PC = 15 };

/* ldr to, [base, #disp] */
static __le32 ldr(unsigned int to, unsigned int base, unsigned int disp)
{
	return cpu_to_le32(0xe5900000 | base << 16 | to << 12 | disp);
}

/* ldr to, word; from the word with index FROM of the trampoline's word AT */
static __le32 ldr_literal(unsigned int to, unsigned int at, unsigned int from)
{
	return ldr(to, PC, 4 * (from - at) - 8);
}

static __le32 bx(unsigned int reg)
{
	return cpu_to_le32(0xe12fff10 | reg);
}

/* Code is little-endian always, literals are what the process reads. */
void trampfd_arm_two(void *at, unsigned int creg, u64 code, unsigned int dreg,
		     u64 data)
{
	__le32 *insn = at;
	u32 *literal = at;

	insn[0] = ldr_literal(creg, 0, 5);
	insn[1] = ldr(creg, creg, 0);
	insn[2] = ldr_literal(dreg, 2, 6);
	insn[3] = ldr(dreg, dreg, 0);
	insn[4] = bx(creg);
	literal[5] = code;
	literal[6] = data;
}

void trampfd_arm_pair(void *at, unsigned int dreg, u64 pair)
{
	__le32 *insn = at;
	u32 *literal = at;

	insn[0] = ldr_literal(dreg, 0, 2);
	insn[1] = ldr(PC, dreg, 4);
	literal[2] = pair;
}

/* The literal is the pair's distance from what the addition finds in the PC. */
void trampfd_arm_adjacent(void *at, unsigned int dreg, s32 distance)
{
	__le32 *insn = at;
	u32 *literal = at;

	insn[0] = ldr_literal(dreg, 0, 3);
	insn[1] = cpu_to_le32(0xe0800000 | PC << 16 | dreg << 12 | dreg);
	insn[2] = ldr(PC, dreg, 4);
	literal[3] = distance - 12;
}
