// SPDX-License-Identifier: GPL-2.0
/*
 * Processes of x86: registers, and who is what.
 *
 * Copyright (c) 2026 the maintainers of this repository
 */
#include <linux/compat.h>
#include <linux/ptrace.h>
#include <linux/sched/task_stack.h>

#include "../trampfd.h"
#include "code.h"

static const struct trampfd_reg regs32[] = {
	{ "eax", 0 }, { "ebx", 3 }, { "ecx", 1 }, { "edx", 2 },
	{ "esi", 6 }, { "edi", 7 }, { "ebp", 5 },
};

static const struct trampfd_abi abi32 = {
	.word		= 4,
	.first_reg	= x32_min,
	.nregs		= ARRAY_SIZE(regs32),
	.regs		= regs32,
	.two_size	= TRAMPFD_X32_TWO_SIZE,
	.pair_size	= TRAMPFD_X32_PAIR_SIZE,
	.trap		= 0xcccccccc,
	.two		= trampfd_x32_two,
	.pair		= trampfd_x32_pair,
	.push		= trampfd_x32_push,
	.adjacent_size	= TRAMPFD_X32_ADJACENT_SIZE,
	.adjacent	= trampfd_x32_adjacent,
	.spill		= trampfd_x32_spill,
	.spill_reg	= &regs32[x32_eax],
};

#ifdef CONFIG_X86_64
static const struct trampfd_reg regs64[] = {
	{ "rax", 0 }, { "rbx", 3 }, { "rcx", 1 }, { "rdx", 2 },
	{ "rsi", 6 }, { "rdi", 7 }, { "rbp", 5 },
	{ "r8", 8 }, { "r9", 9 }, { "r10", 10 }, { "r11", 11 },
	{ "r12", 12 }, { "r13", 13 }, { "r14", 14 }, { "r15", 15 },
};

static const struct trampfd_abi abi64 = {
	.word		= 8,
	.first_reg	= x64_min,
	.nregs		= ARRAY_SIZE(regs64),
	.regs		= regs64,
	.two_size	= TRAMPFD_X64_TWO_SIZE,
	.pair_size	= TRAMPFD_X64_PAIR_SIZE,
	.trap		= 0xcccccccc,
	.two		= trampfd_x64_two,
	.pair		= trampfd_x64_pair,
	.push		= trampfd_x64_push,
	.adjacent_size	= TRAMPFD_X64_ADJACENT_SIZE,
	.adjacent	= trampfd_x64_adjacent,
};

/*
 * The system call and the code that made it must agree.  x32 calls come from
 * 64-bit code, and so does int 0x80 used by mistake.
 */
const struct trampfd_abi *trampfd_current_abi(void)
{
	bool is_64 = user_64bit_mode(current_pt_regs());

	if (is_64 == in_compat_syscall())
		return NULL;
	return is_64 ? &abi64 : &abi32;
}

static bool is_abi(const struct trampfd_abi *abi, const struct pt_regs *regs)
{
	return user_64bit_mode((struct pt_regs *)regs) == (abi == &abi64);
}
#else
const struct trampfd_abi *trampfd_current_abi(void)
{
	return &abi32;
}

static bool is_abi(const struct trampfd_abi *abi, const struct pt_regs *regs)
{
	return true;
}
#endif

bool trampfd_get_call(const struct trampfd_abi *abi, const struct pt_regs *regs,
		      struct trampfd_call *call)
{
	if (!is_abi(abi, regs))
		return false;
	call->pc = regs->ip;
	call->sp = regs->sp;
	call->caller = regs->sp;
	call->caller_on_stack = true;
	call->push_size = abi->word;
	call->spilled = regs->ax;
	return true;
}

static unsigned long *reg_in(struct pt_regs *regs, u8 number)
{
	switch (number) {
	case 0:
		return &regs->ax;
	case 1:
		return &regs->cx;
	case 2:
		return &regs->dx;
	case 3:
		return &regs->bx;
	case 5:
		return &regs->bp;
	case 6:
		return &regs->si;
	case 7:
		return &regs->di;
#ifdef CONFIG_X86_64
	case 8:
		return &regs->r8;
	case 9:
		return &regs->r9;
	case 10:
		return &regs->r10;
	case 11:
		return &regs->r11;
	case 12:
		return &regs->r12;
	case 13:
		return &regs->r13;
	case 14:
		return &regs->r14;
	case 15:
		return &regs->r15;
#endif
	}
	return NULL;
}

void trampfd_set_call(const struct trampfd_abi *abi, struct pt_regs *regs,
		      u64 target, u64 sp, const struct trampfd_reg *reg,
		      u64 value)
{
	regs->ip = target;
	regs->sp = sp;
	if (reg)
		*reg_in(regs, reg->number) = value;
}
