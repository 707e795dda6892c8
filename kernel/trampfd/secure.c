// SPDX-License-Identifier: GPL-2.0
/*
 * Trampoline file descriptors: the secure form.
 *
 * The mapping stays empty.  To execute in it is a page fault, whose handler does
 * what a trampoline would do, to the registers with which the fault returns.
 *
 * Copyright (c) 2026 the maintainers of this repository
 */
#include <linux/file.h>
#include <linux/fs.h>
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
	unsigned long left;
	u32 value32 = 0;

	/*
	 * copy_from_user_nofault() takes no tagged address.  The tag is the
	 * process's business; hardware that checks tags sees it below.
	 */
	if (!access_ok((const void __user *)untagged_addr((unsigned long)at),
		       abi->word))
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
	u32 value32 = value;

	if (abi->word == 8)
		return !copy_to_user_nofault(to, &value, 8);
	return !copy_to_user_nofault(to, &value32, 4);
}

/* What a process is told that cannot have a page. */
struct refusal {
	int signal, code;
};

static struct refusal refusal_of(const struct vm_area_struct *vma,
				 vm_fault_t fault)
{
	if (!vma)
		return (struct refusal){ SIGSEGV, SEGV_MAPERR };
	if (fault & VM_FAULT_SIGBUS)
		return (struct refusal){ SIGBUS, BUS_ADRERR };
	return (struct refusal){ SIGSEGV, SEGV_ACCERR };
}

/*
 * Wait until the page at ADDRESS is there, as a process waits for its own page
 * faults: a signal ends the wait, and its handler runs before the call goes on.
 * Says what to say if it is not there afterwards.
 */
static struct refusal wait_for_page(struct mm_struct *mm, unsigned long address,
				    bool write)
{
	unsigned int flags = FAULT_FLAG_DEFAULT | (write ? FAULT_FLAG_WRITE : 0);
	vm_flags_t needs = write ? VM_WRITE : VM_READ;
	struct vm_area_struct *vma;
	struct refusal refusal;
	vm_fault_t fault = 0;

	mmap_read_lock(mm);
	vma = vma_lookup(mm, address);
	if (vma && vma->vm_flags & needs)
		fault = handle_mm_fault(vma, address, flags, NULL);
	if (fault & (VM_FAULT_RETRY | VM_FAULT_COMPLETED))
		return (struct refusal){ SIGSEGV, SEGV_MAPERR };
	refusal = refusal_of(vma, fault);
	mmap_read_unlock(mm);
	return refusal;
}

/*
 * Have the fault repeated with the word at hand.  If it cannot be had, it is
 * the process's mistake; the lock is gone, so the signal is sent from here, and
 * the arch's fault code finds it pending and does not repeat the fault.
 */
static vm_fault_t bring_in(struct vm_fault *vmf, const struct trampfd_abi *abi,
			   u64 at, bool write)
{
	unsigned long address = untagged_addr((unsigned long)at);
	struct mm_struct *mm = vmf->vma->vm_mm;
	char __user *user = (char __user *)(unsigned long)at;
	struct refusal refusal;
	size_t missing = 0;
	struct file *file;

	if (!(vmf->flags & FAULT_FLAG_ALLOW_RETRY) ||
	    vmf->flags & FAULT_FLAG_RETRY_NOWAIT)
		return VM_FAULT_SIGSEGV;

	/* Without the tagged address ABI, access to user memory takes no tag. */
	if (!access_ok(user, abi->word))
		user = (char __user *)address;

	/*
	 * Once the lock is gone, others may unmap the table and close its file.
	 * The file keeps the table, and a module that this may be in.
	 */
	file = get_file(vmf->vma->vm_file);
	release_fault_lock(vmf);
	refusal = wait_for_page(mm, address, write);
	/* Stacks grow, and protection keys and tags are checked, only here. */
	if (!signal_pending(current)) {
		if (write)
			missing = fault_in_writeable(user, abi->word);
		else
			missing = fault_in_readable(user, abi->word);
	}
	if (missing)
		force_sig_fault(refusal.signal, refusal.code,
				(void __user *)address);
	fput(file);
	return VM_FAULT_RETRY;
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
	 * no instruction that could access data, it is a fetch.  x86 takes a
	 * fetch from a page that is not there for a read, so mprotect's word on
	 * execution counts only if it is asked for here.
	 */
	if (!(vmf->flags & FAULT_FLAG_USER) || !(vma->vm_flags & VM_EXEC) ||
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
	if (s->push || s->spill) {
		sp -= call.push_size;
		if (!put_word(abi, s->push ? pair : call.spilled, sp))
			return bring_in(vmf, abi, sp, true);
	}
	trampfd_set_call(abi, regs, target, sp,
			 s->spill ? abi->spill_reg : s->data_reg, pair);
	return VM_FAULT_NOPAGE;
}
