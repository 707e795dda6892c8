/* SPDX-License-Identifier: GPL-2.0 */
/*
 * All forms, for tests of what holds for each: a table of N trampolines, of which
 * trampoline x returns what table_set last said, or FIRST + x.
 */
#ifndef FORMS_H
#define FORMS_H

#include "kit.h"

struct form {
	const char *name;	/* in fdinfo */
	unsigned int code, data;
	void *target;
};

static const struct form forms[] = {
	{ "two-register", OTHER, DESIGNATED, entry_data },
	{ "pair", TRAMPFD_PAIR, DESIGNATED, entry_pair },
#if HAS_PUSH
	{ "pair", TRAMPFD_PAIR, TRAMPFD_PUSH, entry_push },
#endif
	{ "adjacent", TRAMPFD_ADJACENT, DESIGNATED, entry_pair },
#if HAS_SPILL
	{ "adjacent", TRAMPFD_ADJACENT, TRAMPFD_SPILL, entry_spill },
	{ "secure", TRAMPFD_SECURE, TRAMPFD_SPILL, entry_spill },
#endif
	{ "secure", TRAMPFD_SECURE, DESIGNATED, entry_pair },
	{ "secure", TRAMPFD_SECURE, TRAMPFD_PUSH, entry_push },
};

enum { NFORMS = sizeof(forms) / sizeof(forms[0]), TABLE_MAX = 8, FIRST = 0x1000 };

struct table {
	const struct form *form;
	unsigned int n, size;	/* from one trampoline to the next */
	int fd;
	char *at;		/* when it is mapped */
	void **words;
	char *adjacent;		/* memory of that form: room for the page, words */
	void *own_words[2 * TABLE_MAX];
};

static inline bool table_is_two(const struct table *t)
{
	return t->form->code == OTHER;
}

static inline bool table_is_secure(const struct table *t)
{
	return t->form->code == TRAMPFD_SECURE;
}

static inline bool table_is_adjacent(const struct table *t)
{
	return t->form->code == TRAMPFD_ADJACENT;
}

/* Two tables of words, code first, or one of pairs, data first. */
static inline void table_set(struct table *t, unsigned int x, uintptr_t value)
{
	bool two = table_is_two(t);

	t->words[two ? t->n + x : 2 * x] = (void *)value;
	t->words[two ? x : 2 * x + 1] = t->form->target;
}

/* A file with descriptors, ready to be mapped; errors name the form. */
static inline void table_open(struct table *t, const struct form *form,
			      unsigned int n)
{
	unsigned int x;

	CHECK(n <= TABLE_MAX);
	t->form = form;
	t->n = n;
	t->fd = kit_open();
	t->words = t->own_words;
	t->adjacent = NULL;
	if (table_is_adjacent(t)) {
		t->adjacent = kit_adjacent(kit_page());
		t->words = (void **)(t->adjacent + kit_page());
	}
	for (x = 0; x < n; x++)
		table_set(t, x, FIRST + x);
	if (kit_code(t->fd, t->adjacent ? TRAMPFD_MAX : n, form->code,
		     table_is_two(t) ? t->words : NULL) < 0 ||
	    kit_data(t->fd, form->data, 0,
		     table_is_two(t) ? &t->words[n] :
		     t->adjacent ? NULL : t->words) < 0)
		FAIL("%s, %x: %s", form->name, form->data, strerror(errno));
	if (table_is_secure(t))
		kit_allow(t->fd, form->target);
	t->size = kit_info(t->fd).code_size;
}

static inline void table_map(struct table *t)
{
	t->at = t->adjacent ? kit_map_at(t->fd, t->adjacent) : kit_map(t->fd);
}

static inline void table_make(struct table *t, const struct form *form,
			      unsigned int n)
{
	table_open(t, form, n);
	table_map(t);
}

static inline uintptr_t table_call(const struct table *t, unsigned int x)
{
	return ((tramp_fn *)(t->at + x * t->size))();
}

/* All trampolines do as they were told when the table was made. */
static inline void table_check(const struct table *t)
{
	unsigned int x;

	for (x = 0; x < t->n; x++)
		if (table_call(t, x) != FIRST + x)
			FAIL("%s, %x: trampoline %u: expected 0x%x, got 0x%lx",
			     t->form->name, t->form->data, x, FIRST + x,
			     (unsigned long)table_call(t, x));
}

static inline void table_drop(struct table *t)
{
	CHECK(!munmap(t->at, kit_page()));
	CHECK(!close(t->fd));
	if (t->adjacent)
		CHECK(!munmap(t->words, kit_page()));
}

#endif
