// SPDX-License-Identifier: GPL-2.0
/*
 * Trampoline file descriptors: the page of code.
 *
 * A page is written once, before anybody can see it, through the kernel's mapping.
 * What the data cache holds must be in memory, and the instruction cache must not
 * hold what was there before, when the page is mapped.  arm64: flush_dcache_page
 * marks the page, and set_pte for an executable page cleans and invalidates.  arm:
 * flush_dcache_page of a page that no file has writes back at once, and set_pte
 * invalidates all of the instruction cache, from ARMv6 on; before, caches are by
 * virtual address, and arm/abi.c does not compile.  x86 keeps caches coherent.  So
 * the page must be a normal one, with a struct page, and be installed by the fault
 * handler's vmf->page.
 *
 * Copyright (c) 2026 the maintainers of this repository
 */
#include <linux/capability.h>
#include <linux/gfp.h>
#include <linux/highmem.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/moduleparam.h>
#include <linux/slab.h>

#include "trampfd.h"

/*
 * A page of the adjacent form: all tables of an ABI with one register and stride
 * have it, in all processes.
 */
struct trampfd_shared {
	struct list_head		link;
	unsigned long			users;
	const struct trampfd_abi	*abi;
	const struct trampfd_reg	*reg;	/* NULL: it spills */
	u32				stride;
	struct page			*page;
};

static DEFINE_MUTEX(shared_lock);
static LIST_HEAD(shared_pages);

static void put_trampoline(const struct trampfd_abi *abi,
			   const struct trampfd_spec *s, u32 x, void *at)
{
	u32 reg = s->data_reg ? s->data_reg->number : 0;
	s32 distance = PAGE_SIZE + x * (s->stride - s->code_size);

	switch (s->form) {
	case FORM_TWO:
		abi->two(at, s->code_reg->number,
			 s->code_table + (u64)x * s->stride, reg,
			 s->data_table + (u64)x * s->stride);
		break;
	case FORM_PAIR:
		if (s->push)
			abi->push(at, trampfd_pair(s, x));
		else
			abi->pair(at, reg, trampfd_pair(s, x));
		break;
	case FORM_ADJACENT:
		if (s->spill)
			abi->spill(at, distance);
		else
			abi->adjacent(at, reg, distance);
		break;
	case FORM_SECURE:
		break;
	}
}

static struct page *make_page(const struct trampfd_abi *abi,
			      const struct trampfd_spec *s, gfp_t account)
{
	struct page *page;
	void *at;
	u32 x;

	page = alloc_page(GFP_HIGHUSER | account);
	if (!page)
		return NULL;
	at = kmap_local_page(page);
	memset32(at, abi->trap, PAGE_SIZE / sizeof(u32));
	for (x = 0; x < s->ntrampolines; x++)
		put_trampoline(abi, s, x, at + x * s->code_size);
	kunmap_local(at);
	flush_dcache_page(page);
	return page;
}

static struct trampfd_shared *find_shared(const struct trampfd *t)
{
	struct trampfd_shared *shared;

	list_for_each_entry(shared, &shared_pages, link)
		if (shared->abi == t->abi && shared->reg == t->spec.data_reg &&
		    shared->stride == t->spec.stride)
			return shared;
	return NULL;
}

static struct trampfd_shared *make_shared(const struct trampfd *t)
{
	struct trampfd_shared *shared = kzalloc(sizeof(*shared), GFP_KERNEL);

	if (!shared)
		return NULL;
	shared->abi = t->abi;
	shared->reg = t->spec.data_reg;
	shared->stride = t->spec.stride;
	shared->page = make_page(t->abi, &t->spec, 0);
	if (!shared->page) {
		kfree(shared);
		return NULL;
	}
	list_add(&shared->link, &shared_pages);
	return shared;
}

static int get_shared(struct trampfd *t)
{
	struct trampfd_shared *shared;

	mutex_lock(&shared_lock);
	shared = find_shared(t) ?: make_shared(t);
	if (shared) {
		shared->users++;
		t->page = shared->page;
		t->shared = shared;
	}
	mutex_unlock(&shared_lock);
	return shared ? 0 : -ENOMEM;
}

static void put_shared(struct trampfd_shared *shared)
{
	mutex_lock(&shared_lock);
	if (!--shared->users) {
		list_del(&shared->link);
		__free_page(shared->page);
		kfree(shared);
	}
	mutex_unlock(&shared_lock);
}

/* It cannot be reclaimed, so it counts as locked memory; mmap has the mmap_lock. */
static int get_own(struct trampfd *t)
{
	int rc;

	rc = __account_locked_vm(t->mm, 1, true, current, capable(CAP_IPC_LOCK));
	if (rc)
		return rc;
	t->page = make_page(t->abi, &t->spec, __GFP_ACCOUNT);
	if (t->page)
		return 0;
	__account_locked_vm(t->mm, 1, false, current, true);
	return -ENOMEM;
}

/*
 * Emulators translate a page of code once for each address that it is mapped at, and
 * take minutes to forget 100,000 of these when the page is freed.
 */
static bool share = true;
module_param(share, bool, 0600);
MODULE_PARM_DESC(share, "one page for all tables of the adjacent form");

int trampfd_get_page(struct trampfd *t)
{
	if (t->page || t->spec.form == FORM_SECURE)
		return 0;
	if (t->spec.form == FORM_ADJACENT && READ_ONCE(share))
		return get_shared(t);
	return get_own(t);
}

void trampfd_put_page(struct trampfd *t)
{
	if (t->shared) {
		put_shared(t->shared);
	} else if (t->page) {
		__free_page(t->page);
		account_locked_vm(t->mm, 1, false);
	}
}
