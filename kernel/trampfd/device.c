// SPDX-License-Identifier: GPL-2.0
/*
 * Trampoline file descriptors: the device of the module.  A kernel with the system
 * call has syscall.c in its place.
 *
 * Copyright (c) 2026 the maintainers of this repository
 */
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>

#include "trampfd.h"

static int device_open(struct inode *inode, struct file *file)
{
	const struct file_operations *fops = &trampfd_fops;
	struct trampfd *t = trampfd_new();

	if (IS_ERR(t))
		return PTR_ERR(t);
	file->private_data = t;
	replace_fops(file, fops_get(fops));
	return 0;
}

static const struct file_operations device_fops = {
	.owner	= THIS_MODULE,
	.open	= device_open,
};

static struct miscdevice trampfd_device = {
	.minor	= MISC_DYNAMIC_MINOR,
	.name	= "trampfd",
	.fops	= &device_fops,
	.mode	= 0600,		/* who may use it is the administrator's choice */
};

module_misc_device(trampfd_device);

MODULE_DESCRIPTION("Trampoline file descriptors");
MODULE_LICENSE("GPL");
