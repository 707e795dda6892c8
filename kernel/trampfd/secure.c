// SPDX-License-Identifier: GPL-2.0
/*
 * Trampoline file descriptors: the secure form.
 *
 * The mapping stays empty.  To execute in it is a page fault, which does what a
 * trampoline would do, to the registers with which it returns.  A kernel with the
 * system call does so in the fault code of the architecture, see fixup.c; a module
 * in the fault handler of the mapping, see fault.c.
 *
 * Copyright (c) 2026 the maintainers of this repository
 */
#include <linux/mm.h>
#include <linux/uaccess.h>

#include "trampfd.h"

/*
 * No access to user memory faults here.  A module has the mmap_lock, and another
 * fault would take it again, and deadlock with a waiting writer between the two;
 * and what is absent may take long to come, which is waited for as the process's
 * own fault.
 */
static bool is_user_word(const struct trampfd_abi *abi, u64 at)
{
	/*
	 * access_ok() and what includes it may take no tagged address.  The tag is
	 * the process's business; hardware that checks tags sees it below.
	 */
	return access_ok((void __user *)untagged_addr((unsigned long)at),
			 abi->word);
}

static bool get_word(const struct trampfd_abi *abi, u64 *value, u64 at)
{
	const void __user *from = (const void __user *)(unsigned long)at;
	unsigned long left;
	u32 value32 = 0;

	if (!is_user_word(abi, at))
		return false;
	pagefault_disable();
	if (abi->word == 8)
		left = __copy_from_user_inatomic(value, from, 8);
	else
		left = __copy_from_user_inatomic(&value32, from, 4);
	pagefault_enable();
	if (!left && abi->word == 4)
		*value = value32;
	return !left;
}

static bool put_word(const struct trampfd_abi *abi, u64 value, u64 at)
{
	void __user *to = (void __user *)(unsigned long)at;
	unsigned long left;
	u32 value32 = value;

	if (!is_user_word(abi, at))
		return false;
	pagefault_disable();
	if (abi->word == 8)
		left = __copy_to_user_inatomic(to, &value, 8);
	else
		left = __copy_to_user_inatomic(to, &value32, 4);
	pagefault_enable();
	return !left;
}

static enum trampfd_outcome is_absent(struct trampfd_absent *absent, u64 at,
				      bool write)
{
	absent->at = at;
	absent->write = write;
	return TRAMPFD_ABSENT;
}

static bool is_target(const struct trampfd *t, u64 target)
{
	size_t low = 0, high = t->targets->bytes / sizeof(u64);

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (t->targets->data[middle] == target)
			return true;
		if (t->targets->data[middle] < target)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}

static bool is_caller(const struct trampfd *t, u64 caller)
{
	const struct trampfd_range *ranges;
	size_t i, n;

	ranges = trampfd_ranges(t->callers, &n);
	for (i = 0; i < n; i++)
		if (caller >= ranges[i].start && caller < ranges[i].end)
			return true;
	return false;
}

enum trampfd_outcome trampfd_secure_call(const struct trampfd *t, u64 start,
					 struct pt_regs *regs,
					 struct trampfd_absent *absent)
{
	const struct trampfd_abi *abi = t->abi;
	const struct trampfd_spec *s = &t->spec;
	struct trampfd_call call;
	u64 pair, target, sp;
	u32 offset, x;

	if (!trampfd_get_call(abi, regs, &call) || call.pc < start ||
	    call.pc >= start + PAGE_SIZE)
		return TRAMPFD_REFUSED;
	offset = call.pc - start;
	x = offset / s->code_size;
	if (offset % s->code_size || x >= s->ntrampolines)
		return TRAMPFD_REFUSED;

	if (t->callers) {
		u64 caller = call.caller;

		if (call.caller_on_stack &&
		    !get_word(abi, &caller, call.caller))
			return is_absent(absent, call.caller, false);
		if (!is_caller(t, caller))
			return TRAMPFD_REFUSED;
	}

	pair = trampfd_pair(s, x);
	if (!get_word(abi, &target, pair + abi->word))
		return is_absent(absent, pair + abi->word, false);
	if (!is_target(t, target))
		return TRAMPFD_REFUSED;

	sp = call.sp;
	if (s->push || s->spill) {
		sp -= call.push_size;
		if (!put_word(abi, s->push ? pair : call.spilled, sp))
			return is_absent(absent, sp, true);
	}
	trampfd_set_call(abi, regs, target, sp,
			 s->spill ? abi->spill_reg : s->data_reg, pair);
	return TRAMPFD_CALLED;
}
