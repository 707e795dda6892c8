// SPDX-License-Identifier: GPL-2.0
/*
 * Trampoline file descriptors: the file.
 *
 * Copyright (c) 2026 the maintainers of this repository
 */
#include <linux/compat.h>
#include <linux/fs.h>
#include <linux/limits.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/sched/mm.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/sort.h>
#include <linux/uaccess.h>

#include "trampfd.h"

static ssize_t write_code(struct trampfd *t, const char __user *arg,
			  size_t count)
{
	struct trampfd_code code;
	int rc;

	if (count != sizeof(code))
		return -EINVAL;
	if (copy_from_user(&code, arg, sizeof(code)))
		return -EFAULT;

	mutex_lock(&t->lock);
	rc = trampfd_set_code(t, &code);
	mutex_unlock(&t->lock);
	return rc;
}

static ssize_t write_data(struct trampfd *t, const char __user *arg,
			  size_t count)
{
	struct trampfd_data data;
	int rc;

	if (count != sizeof(data))
		return -EINVAL;
	if (copy_from_user(&data, arg, sizeof(data)))
		return -EFAULT;

	mutex_lock(&t->lock);
	rc = trampfd_set_data(t, &data);
	mutex_unlock(&t->lock);
	return rc;
}

/* Copy an array of at most max elements of a size. */
static struct trampfd_list *copy_array(struct trampfd *t,
				       const char __user *arg, size_t count,
				       size_t size, size_t max)
{
	struct trampfd_list *list;

	if (count % size || count / size > max)
		return ERR_PTR(-EINVAL);
	list = trampfd_list_alloc(t->mm, count);
	if (!list)
		return ERR_PTR(-ENOMEM);
	if (copy_from_user(list->data, arg, count)) {
		kvfree(list);
		return ERR_PTR(-EFAULT);
	}
	return list;
}

/*
 * Have the list checked from now on, at *to, unless there is one; or drop it.
 * Faults read it without a lock: callers may not appear once there is a map.
 */
static int set_list(struct trampfd *t, struct trampfd_list **to,
		    struct trampfd_list *list)
{
	int rc = 0;

	list = trampfd_list_share(list);
	if (IS_ERR(list))
		return PTR_ERR(list);

	mutex_lock(&t->lock);
	if (*to || t->ready)
		rc = -EEXIST;
	else if (t->spec.has_code && t->spec.form != FORM_SECURE)
		rc = -EINVAL;
	else
		*to = list;
	mutex_unlock(&t->lock);
	if (rc)
		trampfd_list_put(list);
	return rc;
}

static int compare_targets(const void *a, const void *b)
{
	u64 x = *(const u64 *)a, y = *(const u64 *)b;

	return x < y ? -1 : x > y;
}

static ssize_t write_targets(struct trampfd *t, const char __user *arg,
			     size_t count)
{
	size_t i, n = count / sizeof(u64);
	struct trampfd_list *list;

	list = copy_array(t, arg, count, sizeof(u64), TRAMPFD_MAX_TARGETS);
	if (IS_ERR(list))
		return PTR_ERR(list);

	/* What the kernel may put into a PC is a user address, always. */
	for (i = 0; i < n; i++) {
		if (!list->data[i] || list->data[i] >= t->task_size) {
			kvfree(list);
			return -EINVAL;
		}
	}
	sort(list->data, n, sizeof(u64), compare_targets, NULL);
	return set_list(t, &t->targets, list);
}

static ssize_t write_callers(struct trampfd *t, const char __user *arg,
			     size_t count)
{
	const struct trampfd_range *ranges;
	struct trampfd_list *list;
	size_t i, n;

	list = copy_array(t, arg, count, sizeof(*ranges), TRAMPFD_MAX_CALLERS);
	if (IS_ERR(list))
		return PTR_ERR(list);

	ranges = trampfd_ranges(list, &n);
	for (i = 0; i < n; i++) {
		if (ranges[i].start >= ranges[i].end ||
		    ranges[i].end > t->task_size) {
			kvfree(list);
			return -EINVAL;
		}
	}
	return set_list(t, &t->callers, list);
}

static ssize_t trampfd_write(struct file *file, const char __user *arg,
			     size_t count, loff_t *ppos)
{
	struct trampfd *t = file->private_data;
	ssize_t rc;

	if (current->mm != t->mm)
		return -EPERM;
	if (!arg || !count)
		return -EINVAL;

	switch (*ppos) {
	case TRAMPFD_CODE:
		rc = write_code(t, arg, count);
		break;
	case TRAMPFD_DATA:
		rc = write_data(t, arg, count);
		break;
	case TRAMPFD_TARGETS:
		rc = write_targets(t, arg, count);
		break;
	case TRAMPFD_CALLERS:
		rc = write_callers(t, arg, count);
		break;
	default:
		rc = -EINVAL;
	}
	return rc ?: count;
}

void trampfd_get_info(struct trampfd *t, struct trampfd_info *info)
{
	u32 size;

	mutex_lock(&t->lock);
	size = t->spec.code_size;
	mutex_unlock(&t->lock);

	memset(info, 0, sizeof(*info));
	info->ntrampolines = PAGE_SIZE / size;
	info->code_size = size;
	info->code_offset = PAGE_SIZE;
}

/* The info at every offset: user-mode emulators do not pass unknown ioctls. */
static ssize_t trampfd_read(struct file *file, char __user *arg, size_t count,
			    loff_t *ppos)
{
	struct trampfd_info info;

	if (count != sizeof(info))
		return -EINVAL;
	trampfd_get_info(file->private_data, &info);
	return copy_to_user(arg, &info, sizeof(info)) ? -EFAULT : sizeof(info);
}

static long trampfd_ioctl(struct file *file, unsigned int cmd,
			  unsigned long arg)
{
	struct trampfd_info info;

	if (cmd != TRAMPFD_INFO)
		return -ENOTTY;
	trampfd_get_info(file->private_data, &info);
	if (copy_to_user((void __user *)arg, &info, sizeof(info)))
		return -EFAULT;
	return 0;
}

static loff_t trampfd_llseek(struct file *file, loff_t offset, int whence)
{
	if (whence != SEEK_SET || offset < 0 || offset > TRAMPFD_CALLERS)
		return -EINVAL;
	file->f_pos = offset;
	return offset;
}

static void trampfd_show_fdinfo(struct seq_file *m, struct file *file)
{
	static const char * const forms[] = {
		[FORM_TWO]	= "two-register",
		[FORM_PAIR]	= "pair",
		[FORM_ADJACENT]	= "adjacent",
		[FORM_SECURE]	= "secure",
	};
	struct trampfd *t = file->private_data;
	struct trampfd_spec *s = &t->spec;

	mutex_lock(&t->lock);
	if (s->has_code) {
		seq_printf(m, "form:\t%s\n", forms[s->form]);
		seq_printf(m, "trampolines:\t%u\n", s->ntrampolines);
		if (s->code_reg)
			seq_printf(m, "code-reg:\t%s\n", s->code_reg->name);
	}
	if (s->has_data)
		seq_printf(m, "data-reg:\t%s\n",
			   s->push ? "push" : s->spill ? "spill" :
			   s->data_reg->name);
	if (t->targets)
		seq_printf(m, "targets:\t%zu\n",
			   t->targets->bytes / sizeof(u64));
	if (t->callers)
		seq_printf(m, "callers:\t%zu\n",
			   t->callers->bytes / sizeof(struct trampfd_range));
	seq_printf(m, "code-size:\t%u\n", s->code_size);
	seq_printf(m, "mapped:\t%u\n", atomic_read(&t->nmaps) != 0);
	mutex_unlock(&t->lock);
}

struct trampfd *trampfd_new(void)
{
	const struct trampfd_abi *abi;
	struct trampfd *t;

	/* Workers that open for a process do not show what kind it is. */
	if (!current->mm || current->flags & (PF_KTHREAD | PF_IO_WORKER))
		return ERR_PTR(-EOPNOTSUPP);
	abi = trampfd_current_abi();
	if (!abi)
		return ERR_PTR(-EOPNOTSUPP);

	t = kzalloc(sizeof(*t), GFP_KERNEL_ACCOUNT);
	if (!t)
		return ERR_PTR(-ENOMEM);
	mutex_init(&t->lock);
	t->abi = abi;
	t->task_size = min_t(u64, TASK_SIZE, abi->word == 4 ? U32_MAX : U64_MAX);
	t->spec.code_size = trampfd_form_size(abi, FORM_TWO);
	/*
	 * The address space is the identity, not the thread that opened.  A
	 * grabbed mm keeps its address from being used again, and no memory.
	 */
	t->mm = current->mm;
	mmgrab(t->mm);
	return t;
}

void trampfd_free(struct trampfd *t)
{
	trampfd_put_page(t);
	trampfd_list_put(t->targets);
	trampfd_list_put(t->callers);
	mmdrop(t->mm);
	mutex_destroy(&t->lock);
	kfree(t);
}

static int trampfd_release(struct inode *inode, struct file *file)
{
	trampfd_free(file->private_data);
	return 0;
}

const struct file_operations trampfd_fops = {
	.owner		= THIS_MODULE,
	.release	= trampfd_release,
	.llseek		= trampfd_llseek,
	.read		= trampfd_read,
	.write		= trampfd_write,
	.unlocked_ioctl	= trampfd_ioctl,
	.compat_ioctl	= compat_ptr_ioctl,
	.mmap		= trampfd_mmap,
	.show_fdinfo	= trampfd_show_fdinfo,
};
