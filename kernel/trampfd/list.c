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

/* With lists_lock held. */
static struct trampfd_list *get_equal(const struct trampfd_list *list)
{
	struct trampfd_list *other;

	hash_for_each_possible(lists, other, link, (unsigned long)list->mm) {
		if (other->mm == list->mm && other->bytes == list->bytes &&
		    !memcmp(other->data, list->data, list->bytes)) {
			other->users++;
			return other;
		}
	}
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

/*
 * Accounting waits for the mmap_lock, which a process may hold for long, in fork() for
 * example.  Others, who want lists_lock, have no part in that.
 */
struct trampfd_list *trampfd_list_share(struct trampfd_list *list)
{
	struct trampfd_list *equal;
	int rc = 0;

	mutex_lock(&lists_lock);
	equal = get_equal(list);
	mutex_unlock(&lists_lock);
	if (!equal) {
		rc = account_locked_vm(list->mm, pages_of(list), true);

		/* Another thread may have written an equal one meanwhile. */
		mutex_lock(&lists_lock);
		equal = get_equal(list);
		if (!equal && !rc)
			hash_add(lists, &list->link, (unsigned long)list->mm);
		mutex_unlock(&lists_lock);
		if (!equal && !rc)
			return list;
		if (!rc)
			account_locked_vm(list->mm, pages_of(list), false);
	}
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
	if (last)
		hash_del(&list->link);
	mutex_unlock(&lists_lock);
	if (last) {
		account_locked_vm(list->mm, pages_of(list), false);
		kvfree(list);
	}
}
