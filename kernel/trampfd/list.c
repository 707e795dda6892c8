// SPDX-License-Identifier: GPL-2.0
/*
 * Trampoline file descriptors: the lists that the secure form checks.
 *
 * A process writes equal lists for each of its tables, which share one copy.  A list
 * cannot be reclaimed, so it counts as locked memory of the process.
 *
 * Copyright (c) 2026 the maintainers of this repository
 */
#include <linux/err.h>
#include <linux/hashtable.h>
#include <linux/mm.h>
#include <linux/slab.h>

#include "trampfd.h"

static DEFINE_MUTEX(lists_lock);
static DEFINE_HASHTABLE(lists, 6);	/* by address space */

static unsigned long pages_of(const struct trampfd_list *list)
{
	return DIV_ROUND_UP(list->bytes, PAGE_SIZE);
}

static struct trampfd_list *find_equal(const struct trampfd_list *list)
{
	struct trampfd_list *other;

	hash_for_each_possible(lists, other, link, (unsigned long)list->mm)
		if (other->mm == list->mm && other->bytes == list->bytes &&
		    !memcmp(other->data, list->data, list->bytes))
			return other;
	return NULL;
}

struct trampfd_list *trampfd_list_alloc(struct mm_struct *mm, size_t bytes)
{
	struct trampfd_list *list;

	list = kvmalloc(sizeof(*list) + bytes, GFP_KERNEL_ACCOUNT);
	if (list) {
		list->mm = mm;
		list->bytes = bytes;
		list->users = 1;
	}
	return list;
}

struct trampfd_list *trampfd_list_share(struct trampfd_list *list)
{
	struct trampfd_list *equal;
	int rc = 0;

	mutex_lock(&lists_lock);
	equal = find_equal(list);
	if (equal)
		equal->users++;
	else
		rc = account_locked_vm(list->mm, pages_of(list), true);
	if (!equal && !rc)
		hash_add(lists, &list->link, (unsigned long)list->mm);
	mutex_unlock(&lists_lock);
	if (!equal && !rc)
		return list;
	kvfree(list);
	return equal ?: ERR_PTR(rc);
}

void trampfd_list_put(struct trampfd_list *list)
{
	bool last;

	if (!list)
		return;
	mutex_lock(&lists_lock);
	last = !--list->users;
	if (last) {
		hash_del(&list->link);
		account_locked_vm(list->mm, pages_of(list), false);
	}
	mutex_unlock(&lists_lock);
	if (last)
		kvfree(list);
}
