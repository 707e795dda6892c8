// SPDX-License-Identifier: GPL-2.0
/*
 * Trampolines of arm64.  They begin with "bti c"; addresses are literals behind
 * the code, but for the adjacent form, which has none.
 *
 * Copyright (c) 2026 the maintainers of this repository
 */
#include <linux/kernel.h>

#include "code.h"

#define BTI_C	cpu_to_le32(0xd503245f)

/* ldr to, [base, #disp]; disp is a multiple of 8 */
static __le32 ldr(unsigned int to, unsigned int base, unsigned int disp)
{
	return cpu_to_le32(0xf9400000 | disp / 8 << 10 | base << 5 | to);
}

/* ldr to, literal; AT and FROM are words of 4 bytes in the trampoline */
static __le32 ldr_literal(unsigned int to, unsigned int at, unsigned int from)
{
	return cpu_to_le32(0x58000000 | (from - at) << 5 | to);
}

/* adr to, here + distance; less than 1 MiB, which 64 KiB of trampolines need */
static __le32 adr(unsigned int to, s32 distance)
{
	return cpu_to_le32(0x10000000 | (distance & 3) << 29 |
			   (distance >> 2 & 0x7ffff) << 5 | to);
}

static __le32 br(unsigned int reg)
{
	return cpu_to_le32(0xd61f0000 | reg << 5);
}

/* With a code register other than x16 and x17, the target needs "bti j". */
void trampfd_arm64_two(void *at, unsigned int creg, u64 code,
		       unsigned int dreg, u64 data)
{
	__le32 *insn = at;
	u64 *literal = at;

	insn[0] = BTI_C;
	insn[1] = ldr_literal(creg, 1, 6);
	insn[2] = ldr(creg, creg, 0);
	insn[3] = ldr_literal(dreg, 3, 8);
	insn[4] = ldr(dreg, dreg, 0);
	insn[5] = br(creg);
	literal[3] = code;
	literal[4] = data;
}

/*
 * There is no jump through memory.  The procedure call standard gives x16 and
 * x17 to code between caller and callee, and a jump through them may land on
 * "bti c".
 */
void trampfd_arm64_pair(void *at, unsigned int dreg, u64 pair)
{
	unsigned int creg = dreg == 16 ? 17 : 16;
	__le32 *insn = at;
	u64 *literal = at;

	insn[0] = BTI_C;
	insn[1] = ldr_literal(dreg, 1, 4);
	insn[2] = ldr(creg, dreg, 8);
	insn[3] = br(creg);
	literal[2] = pair;
}

void trampfd_arm64_adjacent(void *at, unsigned int dreg, s32 distance)
{
	unsigned int creg = dreg == 16 ? 17 : 16;
	__le32 *insn = at;

	insn[0] = BTI_C;
	insn[1] = adr(dreg, distance - 4);
	insn[2] = ldr(creg, dreg, 8);
	insn[3] = br(creg);
}
