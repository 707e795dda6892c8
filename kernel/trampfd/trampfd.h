/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Internals of the trampfd module.
 */
#ifndef TRAMPFD_H
#define TRAMPFD_H

#include <linux/atomic.h>
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/ptrace.h>
#include <linux/types.h>

#include "uapi/linux/trampfd.h"

struct trampfd;

/* A register that can be designated, in the order of its name in the uapi. */
struct trampfd_reg {
	const char	*name;
	u8		number;		/* in an instruction; 0xff: refused */
};

/*
 * What kind of process opened the file.  The encoders write one trampoline into
 * code_size bytes that are filled with traps; code, data and pair are addresses
 * of user memory, registers are numbers in an instruction.
 */
struct trampfd_abi {
	u32			word;		/* bytes of an address */
	u32			first_reg;	/* name of regs[0] */
	u32			nregs;
	const struct trampfd_reg *regs;
	u32			two_size;	/* code_size of two registers */
	u32			pair_size;	/* code_size of all others */
	u32			trap;		/* fills the rest of the page */

	void (*two)(void *at, unsigned int creg, u64 code, unsigned int dreg,
		    u64 data);
	void (*pair)(void *at, unsigned int dreg, u64 pair);
	void (*push)(void *at, u64 pair);	/* may be NULL */
};

/* The ABI of the current process, or NULL if none is supported. */
const struct trampfd_abi *trampfd_current_abi(void);

enum trampfd_form {
	FORM_TWO,
	FORM_PAIR,
	FORM_SECURE,
};

/* What the descriptors said. */
struct trampfd_spec {
	bool			has_code, has_data;
	enum trampfd_form	form;
	bool			push;
	const struct trampfd_reg *code_reg, *data_reg;
	u32			ntrampolines;
	u32			code_size;
	u32			stride;
	u64			code_table, data_table;
};

/*
 * Before the first mmap, all but abi, mm and task_size is protected by lock;
 * after it, nothing but nmaps changes, and faults take no lock.
 */
struct trampfd {
	struct mutex		lock;	/* nests in mmap_lock */
	const struct trampfd_abi *abi;
	struct mm_struct	*mm;	/* of the opener; a grabbed reference */
	u64			task_size;

	struct trampfd_spec	spec;

	/* The secure form: sorted targets; callers in the order given. */
	u32			ntargets, ncallers;
	u64			*targets;
	struct trampfd_range	*callers;

	bool			ready;	/* was mapped once */
	struct page		*page;	/* NULL in the secure form */
	atomic_t		nmaps;	/* in mm */
};

static inline u64 trampfd_pair(const struct trampfd_spec *s, u32 x)
{
	return s->data_table + (u64)x * s->stride;
}

/* With t->lock held: -EEXIST, -EINVAL, -EFAULT, or the descriptor is taken. */
int trampfd_set_code(struct trampfd *t, const struct trampfd_code *code);
int trampfd_set_data(struct trampfd *t, const struct trampfd_data *data);

/* From one trampoline to the next. */
u32 trampfd_form_size(const struct trampfd_abi *abi, enum trampfd_form form);

int trampfd_mmap(struct file *file, struct vm_area_struct *vma);

/* The fault handler of the secure form. */
vm_fault_t trampfd_secure_fault(struct vm_fault *vmf);

/*
 * The registers of a process that executes a trampoline, for the secure form.
 * These look and change nothing but *regs.
 */
struct trampfd_call {
	u64	pc;		/* of the trampoline */
	u64	sp;
	u64	caller;		/* return address, or where it is on the stack */
	bool	caller_on_stack;
	u32	push_size;	/* to keep the stack aligned */
};

/* False if regs are not of ABI. */
bool trampfd_get_call(const struct trampfd_abi *abi, const struct pt_regs *regs,
		      struct trampfd_call *call);

/*
 * Continue at target with the stack pointer at sp and, if reg is not NULL,
 * value in it.
 */
void trampfd_set_call(const struct trampfd_abi *abi, struct pt_regs *regs,
		      u64 target, u64 sp, const struct trampfd_reg *reg,
		      u64 value);

#endif
