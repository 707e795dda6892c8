// SPDX-License-Identifier: GPL-2.0
/*
 * Processes of riscv64.
 *
 * Copyright (c) 2026 the maintainers of this repository
 */
#include <linux/compat.h>
#include <asm/ptrace.h>

#include "../trampfd.h"
#include "code.h"

static const struct trampfd_reg regs64[] = {
	{ "ra", 1 }, { "sp", 0xff }, { "gp", 3 }, { "tp", 4 },
	{ "t0", 5 }, { "t1", 6 }, { "t2", 7 }, { "s0", 8 },
	{ "s1", 9 }, { "a0", 10 }, { "a1", 11 }, { "a2", 12 },
	{ "a3", 13 }, { "a4", 14 }, { "a5", 15 }, { "a6", 16 },
	{ "a7", 17 }, { "s2", 18 }, { "s3", 19 }, { "s4", 20 },
	{ "s5", 21 }, { "s6", 22 }, { "s7", 23 }, { "s8", 24 },
	{ "s9", 25 }, { "s10", 26 }, { "s11", 27 }, { "t3", 28 },
	{ "t4", 29 }, { "t5", 30 }, { "t6", 31 },
};

static const struct trampfd_abi abi64 = {
	.word		= 8,
	.first_reg	= riscv64_min,
	.nregs		= ARRAY_SIZE(regs64),
	.regs		= regs64,
	.two_size	= TRAMPFD_RISCV64_TWO_SIZE,
	.pair_size	= TRAMPFD_RISCV64_PAIR_SIZE,
	.trap		= TRAMPFD_RISCV64_TRAP,
	.two		= trampfd_riscv64_two,
	.pair		= trampfd_riscv64_pair,
	.adjacent_size	= TRAMPFD_RISCV64_ADJACENT_SIZE,
	.adjacent	= trampfd_riscv64_adjacent,
};

const struct trampfd_abi *trampfd_current_abi(void)
{
	return in_compat_syscall() ? NULL : &abi64;
}

bool trampfd_get_call(const struct trampfd_abi *abi, const struct pt_regs *regs,
		      struct trampfd_call *call)
{
	call->pc = regs->epc;
	call->sp = regs->sp;
	call->caller = regs->ra;
	call->caller_on_stack = false;
	call->push_size = 16;
	return true;
}

void trampfd_set_call(const struct trampfd_abi *abi, struct pt_regs *regs,
		      u64 target, u64 sp, const struct trampfd_reg *reg,
		      u64 value)
{
	regs->epc = target;
	regs->sp = sp;
	if (reg)	/* x1 follows the program counter, and so on */
		((unsigned long *)regs)[reg->number] = value;
}
