// SPDX-License-Identifier: GPL-2.0
/*
 * Processes of arm64, and 32-bit ones.
 *
 * Copyright (c) 2026 the maintainers of this repository
 */
#include <linux/compat.h>
#include <asm/ptrace.h>

#include "../arm/code.h"
#include "../trampfd.h"
#include "code.h"

static const struct trampfd_reg regs64[] = {
	{ "x0", 0 }, { "x1", 1 }, { "x2", 2 }, { "x3", 3 },
	{ "x4", 4 }, { "x5", 5 }, { "x6", 6 }, { "x7", 7 },
	{ "x8", 8 }, { "x9", 9 }, { "x10", 10 }, { "x11", 11 },
	{ "x12", 12 }, { "x13", 13 }, { "x14", 14 }, { "x15", 15 },
	{ "x16", 16 }, { "x17", 17 }, { "x18", 18 }, { "x19", 19 },
	{ "x20", 20 }, { "x21", 21 }, { "x22", 22 }, { "x23", 23 },
	{ "x24", 24 }, { "x25", 25 }, { "x26", 26 }, { "x27", 27 },
	{ "x28", 28 }, { "x29", 29 }, { "x30", 30 },
};

static const struct trampfd_abi abi64 = {
	.word		= 8,
	.first_reg	= arm64_min,
	.nregs		= ARRAY_SIZE(regs64),
	.regs		= regs64,
	.two_size	= TRAMPFD_ARM64_TWO_SIZE,
	.pair_size	= TRAMPFD_ARM64_PAIR_SIZE,
	.trap		= TRAMPFD_ARM64_TRAP,
	.two		= trampfd_arm64_two,
	.pair		= trampfd_arm64_pair,
	.adjacent_size	= TRAMPFD_ARM64_ADJACENT_SIZE,
	.adjacent	= trampfd_arm64_adjacent,
};

#ifdef CONFIG_COMPAT
static const struct trampfd_abi abi32 = {
	.word		= 4,
	.first_reg	= arm_min,
	.nregs		= TRAMPFD_ARM_NREGS,
	.regs		= trampfd_arm_regs,
	.two_size	= TRAMPFD_ARM_TWO_SIZE,
	.pair_size	= TRAMPFD_ARM_PAIR_SIZE,
	.trap		= TRAMPFD_ARM_TRAP,
	.two		= trampfd_arm_two,
	.pair		= trampfd_arm_pair,
	.adjacent_size	= TRAMPFD_ARM_ADJACENT_SIZE,
	.adjacent	= trampfd_arm_adjacent,
};

const struct trampfd_abi *trampfd_current_abi(void)
{
	return in_compat_syscall() ? &abi32 : &abi64;
}
#else
const struct trampfd_abi *trampfd_current_abi(void)
{
	return &abi64;
}
#endif

bool trampfd_get_call(const struct trampfd_abi *abi, const struct pt_regs *regs,
		      struct trampfd_call *call)
{
	u32 word = compat_user_mode(regs) ? 4 : 8;

	if (word != abi->word)
		return false;
	call->pc = regs->pc;
	call->caller_on_stack = false;
	if (word == 4) {
		call->sp = regs->compat_sp;
		call->caller = regs->compat_lr & ~1ul;
		call->push_size = 8;
	} else {
		call->sp = regs->sp;
		call->caller = regs->regs[30];
		call->push_size = 16;
	}
	return true;
}

/*
 * pstate keeps the branch type of the jump to the trampoline, so a guarded
 * target must have the landing pad that this jump needed.
 */
void trampfd_set_call(const struct trampfd_abi *abi, struct pt_regs *regs,
		      u64 target, u64 sp, const struct trampfd_reg *reg,
		      u64 value)
{
	if (abi->word == 4) {
		regs->pstate &= ~(PSR_AA32_T_BIT | PSR_AA32_IT_MASK);
		if (target & 1)
			regs->pstate |= PSR_AA32_T_BIT;
		target &= ~1ull;
		regs->compat_sp = sp;
	} else {
		regs->sp = sp;
	}
	regs->pc = target;
	if (reg)
		regs->regs[reg->number] = value;
}
