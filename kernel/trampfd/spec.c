// SPDX-License-Identifier: GPL-2.0
/*
 * Trampoline file descriptors: what the code and data descriptors may say.
 */
#include <linux/errno.h>
#include <linux/mm.h>
#include <linux/uaccess.h>

#include "trampfd.h"

u32 trampfd_form_size(const struct trampfd_abi *abi, enum trampfd_form form)
{
	return form == FORM_TWO ? abi->two_size : abi->pair_size;
}

static const struct trampfd_reg *find_reg(const struct trampfd_abi *abi,
					  u32 name)
{
	const struct trampfd_reg *reg;

	if (name < abi->first_reg || name - abi->first_reg >= abi->nregs)
		return NULL;
	reg = &abi->regs[name - abi->first_reg];
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
 * The descriptors come in any order and are checked together once both are
 * there.  The one that completes an impossible pair is refused.
 */
static int check_spec(const struct trampfd *t, struct trampfd_spec *s)
{
	u32 word = t->abi->word;

	if (!s->has_code || !s->has_data)
		return 0;

	if (s->form == FORM_TWO) {
		if (s->push || s->stride || s->code_reg == s->data_reg)
			return -EINVAL;
		s->stride = word;
		return check_table(t, s->data_table, s->ntrampolines, word,
				   word);
	}

	if (s->form == FORM_PAIR && s->push && !t->abi->push)
		return -EINVAL;
	if (!s->stride)
		s->stride = 2 * word;
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

	next.code_size = trampfd_form_size(t->abi, next.form);
	max = PAGE_SIZE / next.code_size;
	next.ntrampolines = code->ntrampolines;
	if (next.ntrampolines == TRAMPFD_MAX)
		next.ntrampolines = max;
	if (!next.ntrampolines || next.ntrampolines > max)
		return -EINVAL;

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
	if (!next.push) {
		next.data_reg = find_reg(t->abi, data->reg);
		if (!next.data_reg)
			return -EINVAL;
	}

	next.stride = data->stride;
	if (next.stride && (next.stride < 2 * word || next.stride % word))
		return -EINVAL;

	next.data_table = data->table;
	rc = check_table(t, data->table, 1, 0, word);
	if (rc)
		return rc;

	rc = check_spec(t, &next);
	if (!rc)
		t->spec = next;
	return rc;
}
