// SPDX-License-Identifier: GPL-2.0
/*
 * Trampoline file descriptors: the secure form, as part of the fault code of the
 * architecture.  A module has fault.c in its place.
 *
 * Copyright (c) 2026 the maintainers of this repository
 */
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/mmu_context.h>
#include <linux/pagemap.h>
#include <linux/perf_event.h>
#include <linux/pkeys.h>
#include <linux/ptrace.h>
#include <linux/sched/signal.h>
#include <linux/trampfd.h>
#include <linux/uaccess.h>

#include "trampfd.h"

/* No page is ever there; what that means is said without locks, below. */
vm_fault_t trampfd_secure_fault(struct vm_fault *vmf)
{
	return VM_FAULT_SIGSEGV;
}

/*
 * The table that the process executes in, and where it is mapped.  Once the lock is
 * gone, others may unmap it and close its file, so the file is held.
 */
static struct file *find_table(struct mm_struct *mm, unsigned long address,
			       unsigned long *start)
{
	struct vm_area_struct *vma;
	struct file *file = NULL;

	mmap_read_lock(mm);
	vma = vma_lookup(mm, address);
	/* x86 takes the fetch for a read: mprotect() is asked here. */
	if (vma && vma->vm_flags & VM_EXEC && vma->vm_file &&
	    is_trampfd(vma->vm_file)) {
		file = get_file(vma->vm_file);
		*start = vma->vm_start;
	}
	mmap_read_unlock(mm);
	return file;
}

static bool failed(vm_fault_t fault, unsigned long address)
{
	if (fault & VM_FAULT_OOM)
		pagefault_out_of_memory();
	else if (fault & VM_FAULT_SIGSEGV)
		force_sig_fault(SIGSEGV, SEGV_MAPERR, (void __user *)address);
	else
		force_sig_fault(SIGBUS, BUS_ADRERR, (void __user *)address);
	return false;
}

/*
 * Bring in the page at an address as a fault of the process's own load or store does:
 * a signal ends the wait, and who may not have the page is told so by signal, code
 * and address.  True if the page was brought in.
 */
static bool fault_at(struct mm_struct *mm, struct pt_regs *regs,
		     unsigned long address, bool write)
{
	unsigned int flags = FAULT_FLAG_DEFAULT | FAULT_FLAG_USER;
	vm_flags_t any = write ? VM_WRITE : VM_ACCESS_FLAGS;
	struct vm_area_struct *vma;
	vm_fault_t fault;

	if (write)
		flags |= FAULT_FLAG_WRITE;
retry:
	vma = lock_mm_and_find_vma(mm, address, regs);
	if (!vma)
		return failed(VM_FAULT_SIGSEGV, address);
	if (!(vma->vm_flags & any)) {
		mmap_read_unlock(mm);
		force_sig_fault(SIGSEGV, SEGV_ACCERR, (void __user *)address);
		return false;
	}
	if (!arch_vma_access_permitted(vma, write, false, false)) {
		u32 pkey = vma_pkey(vma);

		mmap_read_unlock(mm);
		force_sig_pkuerr((void __user *)address, pkey);
		return false;
	}

	fault = handle_mm_fault(vma, address, flags, regs);
	if (fault_signal_pending(fault, regs))
		return false;
	if (fault & VM_FAULT_COMPLETED)
		return true;
	if (fault & VM_FAULT_RETRY) {
		flags |= FAULT_FLAG_TRIED;
		goto retry;
	}
	mmap_read_unlock(mm);
	return fault & VM_FAULT_ERROR ? failed(fault, address) : true;
}

/* If the word is there afterwards, the process finds it when it repeats the call. */
static void bring_in(struct mm_struct *mm, struct pt_regs *regs, u32 word,
		     const struct trampfd_absent *absent)
{
	unsigned long address = untagged_addr((unsigned long)absent->at);
	char __user *user = (char __user *)(unsigned long)absent->at;
	size_t missing;

	if (!fault_at(mm, regs, address, absent->write))
		return;

	/* Without the tagged address ABI, access to user memory takes no tag. */
	if (!access_ok(user, word))
		user = (char __user *)address;
	/* The page is there; whether its tag is the right one is seen only here. */
	missing = absent->write ? fault_in_writeable(user, word) :
				  fault_in_readable(user, word);
	if (missing)
		force_sig_fault(SIGSEGV, SEGV_ACCERR, (void __user *)address);
}

/**
 * trampfd_fixup - call a trampoline that has no code
 * @regs: of the process, at a fault that it would get a SIGSEGV for
 * @address: what it had no access to
 *
 * To be called without locks.  Nothing but @regs changes, and only if the call was one
 * of a trampoline and passed all checks.
 *
 * Return: whether the process goes on, at the target, at another signal's handler, or
 * once more at the trampoline, for whose data it has waited.
 */
bool trampfd_fixup(struct pt_regs *regs, unsigned long address)
{
	struct mm_struct *mm = current->mm;
	enum trampfd_outcome outcome;
	struct trampfd_absent absent;
	const struct trampfd *t;
	unsigned long start;
	struct file *file;

	/* With the PC in this page, where no instruction is, it is a fetch. */
	if (!mm || (address ^ instruction_pointer(regs)) & PAGE_MASK)
		return false;
	file = find_table(mm, address, &start);
	if (!file)
		return false;

	t = file->private_data;
	outcome = t->spec.form == FORM_SECURE ?
		  trampfd_secure_call(t, start, regs, &absent) :
		  TRAMPFD_REFUSED;
	if (outcome == TRAMPFD_ABSENT)
		bring_in(mm, regs, t->abi->word, &absent);
	fput(file);

	/* handle_mm_fault() took it for a failure, and did not count it. */
	if (outcome == TRAMPFD_CALLED) {
		current->min_flt++;
		perf_sw_event(PERF_COUNT_SW_PAGE_FAULTS_MIN, 1, regs, address);
	}
	return outcome != TRAMPFD_REFUSED;
}
