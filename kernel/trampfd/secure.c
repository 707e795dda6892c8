// SPDX-License-Identifier: GPL-2.0
/*
 * Trampoline file descriptors: the secure form.
 *
 * The mapping stays empty.  To execute in it is a page fault, whose handler does
 * what a trampoline would do, to the registers with which the fault returns.
 */
#include <linux/highmem.h>
#include <linux/mm.h>
#include <linux/pagemap.h>
#include <linux/sched/signal.h>
#include <linux/sched/task_stack.h>
#include <linux/uaccess.h>

#include "compat.h"
#include "trampfd.h"

/*
 * User memory is read and written with the mmap_lock held, so it must not
 * fault: another fault would take the lock again, and deadlock with a waiting
 * writer between the two.  What is absent is brought in without the lock.
 */
static bool get_word(const struct trampfd_abi *abi, u64 *value, u64 at)
{
	const void __user *from = (const void __user *)(unsigned long)at;
	u32 value32;

	if (abi->word == 8)
		return !copy_from_user_nofault(value, from, 8);
	if (copy_from_user_nofault(&value32, from, 4))
		return false;
	*value = value32;
	return true;
}

static bool put_word(const struct trampfd_abi *abi, u64 value, u64 at)
{
	void __user *to = (void __user *)(unsigned long)at;
	u32 value32 = value;

	if (abi->word == 8)
		return !copy_to_user_nofault(to, &value, 8);
	return !copy_to_user_nofault(to, &value32, 4);
}

/*
 * Have the fault repeated with the word at hand.  If it cannot be had, it is
 * the process's mistake; the lock is gone, so the signal is sent from here, and
 * the arch's fault code finds it pending and does not repeat the fault.
 */
static vm_fault_t bring_in(struct vm_fault *vmf, const struct trampfd_abi *abi,
			   u64 at, bool write)
{
	char __user *user = (char __user *)(unsigned long)at;
	size_t missing;

	if (!(vmf->flags & FAULT_FLAG_ALLOW_RETRY) ||
	    vmf->flags & FAULT_FLAG_RETRY_NOWAIT)
		return VM_FAULT_SIGSEGV;

	release_fault_lock(vmf);
	if (write)
		missing = fault_in_writeable(user, abi->word);
	else
		missing = fault_in_readable(user, abi->word);
	if (missing)
		force_sig(SIGSEGV);
	return VM_FAULT_RETRY;
}

static bool is_target(const struct trampfd *t, u64 target)
{
	u32 low = 0, high = t->ntargets;

	while (low < high) {
		u32 middle = low + (high - low) / 2;

		if (t->targets[middle] == target)
			return true;
		if (t->targets[middle] < target)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}

static bool is_caller(const struct trampfd *t, u64 caller)
{
	u32 i;

	for (i = 0; i < t->ncallers; i++)
		if (caller >= t->callers[i].start && caller < t->callers[i].end)
			return true;
	return false;
}

vm_fault_t trampfd_secure_fault(struct vm_fault *vmf)
{
	const struct vm_area_struct *vma = vmf->vma;
	const struct trampfd *t = vma->vm_file->private_data;
	const struct trampfd_abi *abi = t->abi;
	const struct trampfd_spec *s = &t->spec;
	struct pt_regs *regs = current_pt_regs();
	struct trampfd_call call;
	u64 pair, target, sp;
	u32 offset, x;

	/*
	 * Only an instruction fetch by the process itself.  arm does not set
	 * FAULT_FLAG_INSTRUCTION; but with the PC in this page, where there is
	 * no instruction that could access data, it is a fetch.
	 */
	if (!(vmf->flags & FAULT_FLAG_USER) ||
	    vmf->flags & (FAULT_FLAG_REMOTE | FAULT_FLAG_WRITE) ||
	    vma->vm_mm != current->mm ||
	    !trampfd_get_call(abi, regs, &call) ||
	    call.pc < vma->vm_start || call.pc >= vma->vm_end ||
	    (vmf->address & PAGE_MASK) != (call.pc & PAGE_MASK))
		return VM_FAULT_SIGSEGV;

	offset = call.pc - vma->vm_start;
	x = offset / s->code_size;
	if (offset % s->code_size || x >= s->ntrampolines)
		return VM_FAULT_SIGSEGV;

	if (t->callers) {
		u64 caller = call.caller;

		if (call.caller_on_stack &&
		    !get_word(abi, &caller, call.caller))
			return bring_in(vmf, abi, call.caller, false);
		if (!is_caller(t, caller))
			return VM_FAULT_SIGSEGV;
	}

	pair = trampfd_pair(s, x);
	if (!get_word(abi, &target, pair + abi->word))
		return bring_in(vmf, abi, pair + abi->word, false);
	if (!is_target(t, target))
		return VM_FAULT_SIGSEGV;

	sp = call.sp;
	if (s->push) {
		sp -= call.push_size;
		if (!put_word(abi, pair, sp))
			return bring_in(vmf, abi, sp, true);
	}
	trampfd_set_call(abi, regs, target, sp, s->data_reg, pair);
	return VM_FAULT_NOPAGE;
}
