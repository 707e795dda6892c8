// SPDX-License-Identifier: GPL-2.0
/*
 * Processes of arm.
 *
 * Copyright (c) 2026 the maintainers of this repository
 */
#include <linux/sched.h>
#include <asm/ptrace.h>

#include "../trampfd.h"
#include "code.h"

#ifdef CONFIG_CPU_CACHE_VIVT
#error "trampfd: caches by virtual address would need another flush, see map.c"
#endif

static const struct trampfd_abi abi = {
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
	return &abi;
}

bool trampfd_get_call(const struct trampfd_abi *abi, const struct pt_regs *regs,
		      struct trampfd_call *call)
{
	call->pc = regs->ARM_pc;
	call->sp = regs->ARM_sp;
	call->caller = regs->ARM_lr & ~1ul;
	call->caller_on_stack = false;
	call->push_size = 8;
	return true;
}

void trampfd_set_call(const struct trampfd_abi *abi, struct pt_regs *regs,
		      u64 target, u64 sp, const struct trampfd_reg *reg,
		      u64 value)
{
	regs->ARM_cpsr &= ~(PSR_T_BIT | PSR_IT_MASK);
	if (target & 1)
		regs->ARM_cpsr |= PSR_T_BIT;
	regs->ARM_pc = target & ~1ull;
	regs->ARM_sp = sp;
	if (reg)
		regs->uregs[reg->number] = value;
}
