// SPDX-License-Identifier: GPL-2.0
/*
 * Trampoline file descriptors: what the code and data descriptors may say.
 *
 * Copyright (c) 2026 the maintainers of this repository
 */
#include <linux/errno.h>
#include <linux/log2.h>
#include <linux/mm.h>
#include <linux/moduleparam.h>
#include <linux/nospec.h>
#include <linux/uaccess.h>

#include "trampfd.h"

u32 trampfd_form_size(const struct trampfd_abi *abi, enum trampfd_form form)
{
	switch (form) {
	case FORM_TWO:
		return abi->two_size;
	case FORM_PAIR:
		return abi->pair_size;
	default:
		return abi->adjacent_size;
	}
}

static const struct trampfd_reg *find_reg(const struct trampfd_abi *abi,
					  u32 name)
{
	const struct trampfd_reg *reg;
	u32 x = name - abi->first_reg;

	if (x >= abi->nregs)
		return NULL;
	reg = &abi->regs[array_index_nospec(x, abi->nregs)];
	return reg->number == 0xff ? NULL : reg;
}

/* Is an array of n elements in user memory, as far as addresses can tell? */
static int check_table(const struct trampfd *t, u64 table, u32 n, u32 stride,
		       u32 size)
{
	u64 len = (u64)(n - 1) * stride + size;

	if (!table || table & (t->abi->word - 1))
		return -EINVAL;
	/* A tag in the top byte is the process's business; code keeps it. */
	if (table == (unsigned long)table)
		table = untagged_addr((unsigned long)table);
	if (table >= t->task_size || len > t->task_size - table)
		return -EFAULT;
	return 0;
}

/*
 * Code that holds addresses of the process's choice holds instructions of its
 * choice, for those who jump between its instructions.
 */
static bool immediates;
module_param(immediates, bool, 0600);
MODULE_PARM_DESC(immediates,
		 "allow forms whose code holds the addresses of tables");

static bool has_immediates(enum trampfd_form form)
{
	return form == FORM_TWO || form == FORM_PAIR;
}

/*
 * Pairs behind a page of constants: all that a process may choose is one of a
 * few distances.
 */
static int check_adjacent(const struct trampfd *t, struct trampfd_spec *s)
{
	if (s->push || s->data_table || !is_power_of_2(s->stride) ||
	    s->stride > TRAMPFD_MAX_ADJACENT)
		return -EINVAL;
	return 0;
}

/*
 * The descriptors come in any order and are checked together once both are
 * there.  The one that completes an impossible pair is refused.
 */
static int check_spec(const struct trampfd *t, struct trampfd_spec *s)
{
	u32 word = t->abi->word;

	if (!s->has_code || !s->has_data)
		return 0;

	if (s->form == FORM_TWO) {
		if (s->push || s->spill || s->stride ||
		    s->code_reg == s->data_reg)
			return -EINVAL;
		s->stride = word;
		return check_table(t, s->data_table, s->ntrampolines, word,
				   word);
	}

	if (!s->stride)
		s->stride = 2 * word;
	if (s->form == FORM_ADJACENT)
		return check_adjacent(t, s);
	if (s->form == FORM_PAIR && (s->spill || (s->push && !t->abi->push)))
		return -EINVAL;
	return check_table(t, s->data_table, s->ntrampolines, s->stride,
			   2 * word);
}

int trampfd_set_code(struct trampfd *t, const struct trampfd_code *code)
{
	struct trampfd_spec next = t->spec;
	int rc;
	u32 max;

	if (next.has_code)
		return -EEXIST;
	next.has_code = true;

	if (code->reg == TRAMPFD_PAIR) {
		next.form = FORM_PAIR;
	} else if (code->reg == TRAMPFD_ADJACENT) {
		next.form = FORM_ADJACENT;
	} else if (code->reg == TRAMPFD_SECURE) {
		next.form = FORM_SECURE;
	} else {
		next.form = FORM_TWO;
		next.code_reg = find_reg(t->abi, code->reg);
		if (!next.code_reg)
			return -EINVAL;
	}
	if (next.form != FORM_SECURE && (t->targets || t->callers))
		return -EINVAL;
	if (has_immediates(next.form) && !READ_ONCE(immediates))
		return -EPERM;

	next.code_size = trampfd_form_size(t->abi, next.form);
	max = PAGE_SIZE / next.code_size;
	next.ntrampolines = code->ntrampolines;
	if (next.ntrampolines == TRAMPFD_MAX)
		next.ntrampolines = max;
	if (!next.ntrampolines || next.ntrampolines > max)
		return -EINVAL;
	if (next.form == FORM_ADJACENT && next.ntrampolines != max)
		return -EINVAL;		/* the page is everybody's */

	next.code_table = code->table;
	if (next.form == FORM_TWO) {
		rc = check_table(t, code->table, next.ntrampolines,
				 t->abi->word, t->abi->word);
		if (rc)
			return rc;
	} else if (code->table) {
		return -EINVAL;
	}

	rc = check_spec(t, &next);
	if (!rc)
		t->spec = next;
	return rc;
}

int trampfd_set_data(struct trampfd *t, const struct trampfd_data *data)
{
	struct trampfd_spec next = t->spec;
	u32 word = t->abi->word;
	int rc;

	if (next.has_data)
		return -EEXIST;
	next.has_data = true;

	next.push = data->reg == TRAMPFD_PUSH;
	next.spill = data->reg == TRAMPFD_SPILL;
	if (next.spill && !t->abi->spill)
		return -EINVAL;
	if (!next.push && !next.spill) {
		next.data_reg = find_reg(t->abi, data->reg);
		if (!next.data_reg)
			return -EINVAL;
	}

	next.stride = data->stride;
	if (next.stride && (next.stride < 2 * word || next.stride % word))
		return -EINVAL;

	/* Whether there must be one is the form's matter. */
	next.data_table = data->table;
	if (data->table) {
		rc = check_table(t, data->table, 1, 0, word);
		if (rc)
			return rc;
	}

	rc = check_spec(t, &next);
	if (!rc)
		t->spec = next;
	return rc;
}
