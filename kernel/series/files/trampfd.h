/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Trampoline file descriptors, as the rest of the kernel knows them.
 *
 * Copyright (c) 2026 the maintainers of this repository
 */
#ifndef _LINUX_TRAMPFD_H
#define _LINUX_TRAMPFD_H

#include <linux/types.h>
#include <uapi/linux/trampfd.h>

struct file;
struct pt_regs;

#ifdef CONFIG_TRAMPFD
bool is_trampfd(const struct file *file);
bool trampfd_fixup(struct pt_regs *regs, unsigned long address);
#else
static inline bool is_trampfd(const struct file *file)
{
	return false;
}

static inline bool trampfd_fixup(struct pt_regs *regs, unsigned long address)
{
	return false;
}
#endif

#endif /* _LINUX_TRAMPFD_H */
