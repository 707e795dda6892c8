// SPDX-License-Identifier: GPL-2.0
/*
 * Trampoline file descriptors: the system call.
 *
 * Copyright (c) 2026 the maintainers of this repository
 */
#include <linux/dcache.h>
#include <linux/err.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/magic.h>
#include <linux/mount.h>
#include <linux/pseudo_fs.h>
#include <linux/syscalls.h>
#include <linux/trampfd.h>
#include <linux/uaccess.h>

#include "trampfd.h"

static struct vfsmount *trampfd_mnt __ro_after_init;

bool is_trampfd(const struct file *file)
{
	return file->f_op == &trampfd_fops;
}

/*
 * An inode of its own for each file, which security modules label and may refuse.  It is
 * not in the file system of anonymous inodes, from which nothing may be executed.
 */
static struct file *make_file(struct trampfd *t)
{
	struct inode *inode;
	struct file *file;

	inode = anon_inode_make_secure_inode(trampfd_mnt->mnt_sb, "[trampfd]",
					     NULL);
	if (IS_ERR(inode))
		return ERR_CAST(inode);
	inode->i_mode |= S_IFREG;

	file = alloc_file_pseudo(inode, trampfd_mnt, "[trampfd]",
				 O_RDWR | O_LARGEFILE, &trampfd_fops);
	if (IS_ERR(file)) {
		iput(inode);
		return file;
	}
	file->private_data = t;
	file->f_mode |= FMODE_LSEEK | FMODE_PREAD | FMODE_PWRITE;
	return file;
}

/* Fields that only the caller knows are zero. */
static int put_info(struct trampfd *t, void __user *to, size_t size)
{
	struct trampfd_info info;
	size_t known = min(size, sizeof(info));

	trampfd_get_info(t, &info);
	if (copy_to_user(to, &info, known) ||
	    clear_user(to + known, size - known))
		return -EFAULT;
	return 0;
}

/**
 * sys_trampfd - make a file that one page of trampolines can be mapped from
 * @uinfo: what the file can do, to be filled
 * @size: of *@uinfo as the caller knows it
 * @flags: none yet
 *
 * Return: a descriptor that is closed on exec, or a negative error.
 */
SYSCALL_DEFINE3(trampfd, struct trampfd_info __user *, uinfo, size_t, size,
		unsigned int, flags)
{
	struct trampfd *t;
	struct file *file;
	int fd;

	if (flags || size < TRAMPFD_INFO_SIZE_VER0)
		return -EINVAL;
	if (size > PAGE_SIZE)
		return -E2BIG;

	t = trampfd_new();
	if (IS_ERR(t))
		return PTR_ERR(t);
	fd = put_info(t, uinfo, size);
	if (fd)
		goto free;
	fd = get_unused_fd_flags(O_CLOEXEC);
	if (fd < 0)
		goto free;
	file = make_file(t);
	if (IS_ERR(file)) {
		put_unused_fd(fd);
		fd = PTR_ERR(file);
		goto free;
	}
	fd_install(fd, file);
	return fd;

free:
	trampfd_free(t);
	return fd;
}

/* As in /proc/pid/maps. */
static char *trampfd_dname(struct dentry *dentry, char *buffer, int buflen)
{
	return dynamic_dname(buffer, buflen, "anon_inode:%s",
			     dentry->d_name.name);
}

static const struct dentry_operations trampfd_dops = {
	.d_dname = trampfd_dname,
};

static int trampfd_init_fs_context(struct fs_context *fc)
{
	struct pseudo_fs_context *ctx = init_pseudo(fc, TRAMPFD_MAGIC);

	if (!ctx)
		return -ENOMEM;
	ctx->dops = &trampfd_dops;
	return 0;
}

static struct file_system_type trampfd_fs = {
	.name		 = "trampfd",
	.init_fs_context = trampfd_init_fs_context,
	.kill_sb	 = kill_anon_super,
};

static int __init trampfd_init(void)
{
	struct vfsmount *mnt = kern_mount(&trampfd_fs);

	if (IS_ERR(mnt))
		return PTR_ERR(mnt);
	trampfd_mnt = mnt;
	return 0;
}
fs_initcall(trampfd_init);
