// SPDX-License-Identifier: GPL-2.0
/*
 * Trampoline file descriptors: the mapping.
 *
 * Copyright (c) 2026 the maintainers of this repository
 */
#include <linux/fs.h>
#include <linux/mm.h>

#include "compat.h"
#include "trampfd.h"

static vm_fault_t trampfd_fault(struct vm_fault *vmf)
{
	struct trampfd *t = vmf->vma->vm_file->private_data;

	get_page(t->page);
	vmf->page = t->page;
	return 0;
}

/*
 * Children inherit the mapping and use it; only those in the opener's address
 * space count.  mremap makes a second area and takes it away again when it hears
 * of the refusal below, hence a count and not a flag.
 */
static void trampfd_vm_open(struct vm_area_struct *vma)
{
	struct trampfd *t = vma->vm_file->private_data;

	if (vma->vm_mm == t->mm)
		atomic_inc(&t->nmaps);
}

static void trampfd_vm_close(struct vm_area_struct *vma)
{
	struct trampfd *t = vma->vm_file->private_data;

	if (vma->vm_mm == t->mm)
		atomic_dec(&t->nmaps);
}

static int trampfd_vm_mremap(struct vm_area_struct *vma)
{
	return -EINVAL;
}

static const struct vm_operations_struct trampfd_vm_ops = {
	.open	= trampfd_vm_open,
	.close	= trampfd_vm_close,
	.mremap	= trampfd_vm_mremap,
	.fault	= trampfd_fault,
};

static const struct vm_operations_struct trampfd_secure_vm_ops = {
	.open	= trampfd_vm_open,
	.close	= trampfd_vm_close,
	.mremap	= trampfd_vm_mremap,
	.fault	= trampfd_secure_fault,
};

/* With t->lock held. */
static int prepare(struct trampfd *t)
{
	const struct trampfd_spec *s = &t->spec;

	if (!s->has_code || !s->has_data)
		return -EINVAL;
	if (s->form == FORM_SECURE && !t->targets)
		return -EINVAL;
	if (atomic_read(&t->nmaps))
		return -EEXIST;
	return trampfd_get_page(t);
}

int trampfd_mmap(struct file *file, struct vm_area_struct *vma)
{
	const vm_flags_t prot = VM_READ | VM_WRITE | VM_EXEC;
	struct trampfd *t = file->private_data;
	int rc;

	if (vma->vm_mm != t->mm)
		return -EPERM;
	if (vma->vm_pgoff != 1 || vma->vm_end - vma->vm_start != PAGE_SIZE ||
	    vma->vm_flags & (VM_SHARED | VM_MAYSHARE) ||
	    (vma->vm_flags & prot) != (VM_READ | VM_EXEC))
		return -EINVAL;

	mutex_lock(&t->lock);
	rc = prepare(t);
	if (!rc) {
		t->ready = true;
		atomic_inc(&t->nmaps);
		/*
		 * Without VM_MAYWRITE there is no way to write: not by mprotect,
		 * and not by ptrace or /proc/pid/mem, which would otherwise copy
		 * a private page.
		 */
		vm_flags_mod(vma, VM_DONTEXPAND | VM_DONTDUMP, VM_MAYWRITE);
		vma->vm_ops = t->spec.form == FORM_SECURE ?
			      &trampfd_secure_vm_ops : &trampfd_vm_ops;
	}
	mutex_unlock(&t->lock);
	return rc;
}
