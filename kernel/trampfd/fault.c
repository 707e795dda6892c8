// SPDX-License-Identifier: GPL-2.0
/*
 * Trampoline file descriptors: the secure form of the module, in the fault handler of the
 * mapping.  A kernel with the system call has fixup.c in its place.
 *
 * Copyright (c) 2026 the maintainers of this repository
 */
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/memcontrol.h>
#include <linux/mm.h>
#include <linux/pagemap.h>
#include <linux/sched/signal.h>
#include <linux/sched/task_stack.h>
#include <linux/uaccess.h>

#include "compat.h"
#include "trampfd.h"

/*
 * Wait until the page at ADDRESS is there, as a process waits for its own page
 * faults: a signal ends the wait, and its handler runs before the call goes on.
 * Return the signal for a page that is not there afterwards, or 0 if it is to be
 * asked for again.
 */
static int wait_for_page(struct mm_struct *mm, unsigned long address, bool write)
{
	unsigned int flags = FAULT_FLAG_DEFAULT | FAULT_FLAG_USER |
			     (write ? FAULT_FLAG_WRITE : 0);
	const vm_fault_t bus = VM_FAULT_SIGBUS | VM_FAULT_HWPOISON |
			       VM_FAULT_HWPOISON_LARGE;
	vm_flags_t needs = write ? VM_WRITE : VM_READ;
	struct vm_area_struct *vma;
	vm_fault_t fault = 0;

	mmap_read_lock(mm);
	vma = vma_lookup(mm, address);
	if (vma && vma->vm_flags & needs) {
		/* The memory cgroup knows one user fault at a time. */
		mem_cgroup_exit_user_fault();
		fault = handle_mm_fault(vma, address, flags, NULL);
		mem_cgroup_enter_user_fault();
	}
	if (fault & (VM_FAULT_RETRY | VM_FAULT_COMPLETED))
		return 0;
	mmap_read_unlock(mm);
	return fault & bus ? SIGBUS : SIGSEGV;
}

/*
 * Have the fault repeated with the word at hand.  If it cannot be had, it is
 * the process's mistake; the lock is gone, so the signal is sent from here, and
 * the arch's fault code finds it pending and does not repeat the fault.  A module
 * cannot give it an address.
 */
static vm_fault_t bring_in(struct vm_fault *vmf, const struct trampfd_abi *abi,
			   const struct trampfd_absent *absent)
{
	unsigned long address = untagged_addr((unsigned long)absent->at);
	char __user *user = (char __user *)(unsigned long)absent->at;
	struct mm_struct *mm = vmf->vma->vm_mm;
	size_t missing = 0;
	struct file *file;
	int signal;

	if (!(vmf->flags & FAULT_FLAG_ALLOW_RETRY) ||
	    vmf->flags & FAULT_FLAG_RETRY_NOWAIT)
		return VM_FAULT_SIGSEGV;

	/* Without the tagged address ABI, access to user memory takes no tag. */
	if (!access_ok(user, abi->word))
		user = (char __user *)address;

	/*
	 * Once the lock is gone, others may unmap the table and close its file.
	 * The file keeps the table, and the module that this is in.
	 */
	file = get_file(vmf->vma->vm_file);
	release_fault_lock(vmf);
	signal = wait_for_page(mm, address, absent->write);
	/* Stacks grow, and protection keys and tags are checked, only here. */
	if (signal && !signal_pending(current)) {
		if (absent->write)
			missing = fault_in_writeable(user, abi->word);
		else
			missing = fault_in_readable(user, abi->word);
	}
	if (missing)
		force_sig(signal);
	fput(file);
	return VM_FAULT_RETRY;
}

vm_fault_t trampfd_secure_fault(struct vm_fault *vmf)
{
	const struct vm_area_struct *vma = vmf->vma;
	const struct trampfd *t = vma->vm_file->private_data;
	struct pt_regs *regs = current_pt_regs();
	struct trampfd_absent absent;

	/*
	 * Only an instruction fetch by the process itself.  arm does not set
	 * FAULT_FLAG_INSTRUCTION; but with the PC in this page, where there is
	 * no instruction that could access data, it is a fetch.  x86 takes a
	 * fetch from a page that is not there for a read, so mprotect's word on
	 * execution counts only if it is asked for here.
	 */
	if (!(vmf->flags & FAULT_FLAG_USER) || !(vma->vm_flags & VM_EXEC) ||
	    vmf->flags & (FAULT_FLAG_REMOTE | FAULT_FLAG_WRITE) ||
	    vma->vm_mm != current->mm)
		return VM_FAULT_SIGSEGV;

	switch (trampfd_secure_call(t, vma->vm_start, regs, &absent)) {
	case TRAMPFD_CALLED:
		return VM_FAULT_NOPAGE;
	case TRAMPFD_ABSENT:
		return bring_in(vmf, t->abi, &absent);
	default:
		return VM_FAULT_SIGSEGV;
	}
}
