/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Internals of trampoline file descriptors.
 *
 * Copyright (c) 2026 the maintainers of this repository
 * Copyright (c) 2020 Microsoft Corporation: the structures and names of trampfd v2
 */
#ifndef TRAMPFD_H
#define TRAMPFD_H

#include <linux/atomic.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/ptrace.h>
#include <linux/trampfd.h>
#include <linux/types.h>

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
	u32			pair_size;	/* of pairs */
	u32			adjacent_size;	/* of others */
	u32			trap;		/* fills the rest of the page */

	void (*two)(void *at, unsigned int creg, u64 code, unsigned int dreg,
		    u64 data);
	void (*pair)(void *at, unsigned int dreg, u64 pair);
	void (*push)(void *at, u64 pair);	/* may be NULL */

	/* The pair is so many bytes behind the trampoline's first. */
	void (*adjacent)(void *at, unsigned int dreg, s32 distance);
	void (*spill)(void *at, s32 distance);	/* may be NULL */
	const struct trampfd_reg *spill_reg;	/* with it */
};

/* The ABI of the current process, or NULL if none is supported. */
const struct trampfd_abi *trampfd_current_abi(void);

enum trampfd_form {
	FORM_TWO,
	FORM_PAIR,
	FORM_ADJACENT,
	FORM_SECURE,
};

/* What the descriptors said. */
struct trampfd_spec {
	bool			has_code, has_data;
	enum trampfd_form	form;
	bool			push, spill;
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
	struct trampfd_list	*targets;	/* of u64 */
	struct trampfd_list	*callers;	/* of struct trampfd_range */

	bool			ready;	/* was mapped once */
	struct page		*page;	/* NULL in the secure form */
	struct trampfd_shared	*shared;	/* has it, or NULL */
	atomic_t		nmaps;	/* in mm */
};

/* For the current process; or an error. */
struct trampfd *trampfd_new(void);
void trampfd_free(struct trampfd *t);

/* Of a file whose private_data is a struct trampfd. */
extern const struct file_operations trampfd_fops;

void trampfd_get_info(struct trampfd *t, struct trampfd_info *info);

static inline u64 trampfd_pair(const struct trampfd_spec *s, u32 x)
{
	return s->data_table + (u64)x * s->stride;
}

/*
 * What the secure form checks, for all tables of an address space that were given
 * the same.  Nothing changes once it is shared but link and users.
 */
struct trampfd_list {
	struct hlist_node	link;
	struct mm_struct	*mm;
	unsigned long		users;
	size_t			bytes;
	u64			data[];
};

/* A list of bytes to be filled by the caller, who owns it; or NULL. */
struct trampfd_list *trampfd_list_alloc(struct mm_struct *mm, size_t bytes);

/*
 * Take a filled list, and return it or an equal one that is there.  -ENOMEM, and
 * the list is gone, if the process may not lock so much memory.
 */
struct trampfd_list *trampfd_list_share(struct trampfd_list *list);

/* Not with the list's mmap_lock held; the mm may be dead.  NULL is no list. */
void trampfd_list_put(struct trampfd_list *list);

static inline const struct trampfd_range *
trampfd_ranges(const struct trampfd_list *list, size_t *n)
{
	*n = list->bytes / sizeof(struct trampfd_range);
	return (const struct trampfd_range *)list->data;
}

/* With t->lock held: -EEXIST, -EINVAL, -EFAULT, or the descriptor is taken. */
int trampfd_set_code(struct trampfd *t, const struct trampfd_code *code);
int trampfd_set_data(struct trampfd *t, const struct trampfd_data *data);

/* From one trampoline to the next. */
u32 trampfd_form_size(const struct trampfd_abi *abi, enum trampfd_form form);

int trampfd_mmap(struct file *file, struct vm_area_struct *vma);

/* With t->lock and the mmap_lock held: 0, or -ENOMEM. */
int trampfd_get_page(struct trampfd *t);

/* When the last file and mapping are gone, without locks. */
void trampfd_put_page(struct trampfd *t);

/* The fault handler of the secure form's mapping. */
vm_fault_t trampfd_secure_fault(struct vm_fault *vmf);

enum trampfd_outcome {
	TRAMPFD_CALLED,		/* the registers are those of the target's start */
	TRAMPFD_REFUSED,
	TRAMPFD_ABSENT,		/* to be tried again with what is absent */
};

/* A word of user memory, whose address may have a tag. */
struct trampfd_absent {
	u64	at;
	bool	write;
};

/*
 * Call the trampoline that the PC is at, in the table of the secure form that is mapped
 * at start.  Nothing is changed before all has succeeded.
 */
enum trampfd_outcome trampfd_secure_call(const struct trampfd *t, u64 start,
					 struct pt_regs *regs,
					 struct trampfd_absent *absent);

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
	u64	spilled;	/* what TRAMPFD_SPILL pushes */
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
