// SPDX-License-Identifier: GPL-2.0
/*
 * Trampolines of riscv64.  They begin with "lpad 0"; addresses are literals behind
 * the code, but for the adjacent form, which has none.
 *
 * Copyright (c) 2026 the maintainers of this repository
 */
#include <linux/kernel.h>

#include "code.h"

enum { T3 = 28, T4 = 29 };

#define LPAD	cpu_to_le32(0x00000017)

/* auipc to, high; adds high * 4096 to the instruction's address */
static __le32 auipc(unsigned int to, u32 high)
{
	return cpu_to_le32(high << 12 | to << 7 | 0x17);
}

/* addi to, from, low; 12 bits with a sign */
static __le32 addi(unsigned int to, unsigned int from, u32 low)
{
	return cpu_to_le32(low << 20 | from << 15 | to << 7 | 0x13);
}

/* ld to, disp(base) */
static __le32 ld(unsigned int to, unsigned int base, u32 disp)
{
	return cpu_to_le32(disp << 20 | base << 15 | 3 << 12 | to << 7 | 0x03);
}

/* jr reg */
static __le32 jr(unsigned int reg)
{
	return cpu_to_le32(reg << 15 | 0x67);
}

/* There is no jump through memory; t3 belongs to code between caller and callee. */
static unsigned int code_reg(unsigned int dreg)
{
	return dreg == T3 ? T4 : T3;
}

void trampfd_riscv64_two(void *at, unsigned int creg, u64 code,
			 unsigned int dreg, u64 data)
{
	__le32 *insn = at;
	u64 *literal = at;

	insn[0] = LPAD;
	insn[1] = auipc(creg, 0);
	insn[2] = ld(creg, creg, 32 - 4);
	insn[3] = ld(creg, creg, 0);
	insn[4] = auipc(dreg, 0);
	insn[5] = ld(dreg, dreg, 40 - 16);
	insn[6] = ld(dreg, dreg, 0);
	insn[7] = jr(creg);
	literal[4] = code;
	literal[5] = data;
}

void trampfd_riscv64_pair(void *at, unsigned int dreg, u64 pair)
{
	unsigned int creg = code_reg(dreg);
	__le32 *insn = at;
	u64 *literal = at;

	insn[0] = LPAD;
	insn[1] = auipc(dreg, 0);
	insn[2] = ld(dreg, dreg, 24 - 4);
	insn[3] = ld(creg, dreg, 8);
	insn[4] = jr(creg);
	literal[3] = pair;
}

void trampfd_riscv64_adjacent(void *at, unsigned int dreg, s32 distance)
{
	unsigned int creg = code_reg(dreg);
	u32 from_auipc = distance - 4;
	__le32 *insn = at;

	insn[0] = LPAD;
	insn[1] = auipc(dreg, (from_auipc + 0x800) >> 12);
	insn[2] = addi(dreg, dreg, from_auipc & 0xfff);
	insn[3] = ld(creg, dreg, 8);
	insn[4] = jr(creg);
}
