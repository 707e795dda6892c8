/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */
/*
 * Trampoline file descriptors: tables of trampolines that the kernel writes.
 *
 * A file of trampfd(2) becomes one page of trampolines.  The interface is that of
 * trampfd v2 as proposed in 2020; what is new is marked so.
 *
 *	fd = syscall(__NR_trampfd, &info, sizeof(info), 0);
 *	pwrite(fd, &code, sizeof(code), TRAMPFD_CODE);
 *	pwrite(fd, &data, sizeof(data), TRAMPFD_DATA);
 *	table = mmap(NULL, info.code_size * code.ntrampolines,
 *		     PROT_READ | PROT_EXEC, MAP_PRIVATE, fd, info.code_offset);
 *	close(fd);
 *
 * For kernels without the system call, the module has a device:
 *
 *	fd = open("/dev/trampfd", O_RDWR | O_CLOEXEC);
 *	ioctl(fd, TRAMPFD_INFO, &info);		or read(fd, &info, sizeof(info))
 *
 * Trampoline X is at table + info.code_size * X.  Structures have the same
 * layout in 32- and 64-bit processes; reserved fields are zero.
 *
 * Copyright (c) 2026 the maintainers of this repository
 * Copyright (c) 2020 Microsoft Corporation: the structures and names of trampfd v2
 */
#ifndef _UAPI_LINUX_TRAMPFD_H
#define _UAPI_LINUX_TRAMPFD_H

#include <linux/ioctl.h>
#include <linux/types.h>

#include "../asm/trampfd.h"	/* names of registers */

/*
 * ntrampolines	how many trampolines one page holds
 * code_size	from one trampoline to the next, a power of two
 * code_offset	what to pass to mmap
 *
 * A fresh file answers for the two-register form, as v2 did.  New: from the
 * code descriptor on, it answers for the form chosen, which may be denser.
 */
struct trampfd_info {
	__u32		ntrampolines;
	__u32		code_size;
	__u32		code_offset;
	__u32		reserved;
};

#define TRAMPFD_INFO_SIZE_VER0	16	/* what fills reserved, or comes behind, is new */

#define TRAMPFD_INFO	_IOR(0xbb, 0x40, struct trampfd_info)

/*
 * Forms.  With words of 4 or 8 bytes, trampoline X is:
 *
 * code.reg	data.reg	trampoline
 * -----------------------------------------------------------------------
 * register C	register D	load  &code.table[X], C
 *				load  (C), C
 *				load  &data.table[X], D
 *				load  (D), D
 *				jump  C
 *
 * TRAMPFD_PAIR	register D	load  &pair[X], D
 *				jump  *word(D)
 *
 * TRAMPFD_PAIR	TRAMPFD_PUSH	push  &pair[X]		no register changes;
 *				jump  *(&pair[X] + word)	x86 only
 *
 * TRAMPFD_ADJACENT register D	load  &pair[X], D
 *				jump  *word(D)
 *
 * TRAMPFD_ADJACENT TRAMPFD_SPILL	push  eax		i386 only, where each
 *				load  &pair[X], eax	free register may have
 *				jump  *word(eax)	an argument
 *
 * TRAMPFD_SECURE as TRAMPFD_PAIR	the same effect, but no code exists:
 *				calling the address traps, and the kernel checks
 *				before it does the work
 *
 * TRAMPFD_SECURE TRAMPFD_SPILL	the effect of TRAMPFD_ADJACENT with it
 *
 * pair[X] is at data.table + X * data.stride; for TRAMPFD_ADJACENT, where
 * data.table is zero, the first one is where the page of trampolines ends.  Its
 * first word is the data address, which is for the target to load, and its second
 * word is the address of the target.  All tables are the user's memory and may
 * change at any time.
 *
 * The code of TRAMPFD_ADJACENT consists of constants: pairs are found by their
 * distance, and all tables with one register and stride have one page, full of
 * trampolines, in all processes.  The first three forms have addresses of the
 * process's choice in their code, in which a jump to the middle of a trampoline
 * finds instructions of its choice; unless the
 * parameter trampfd.immediates is set, they are refused with EPERM.
 *
 * On arm64 the pair and the adjacent form load the target's address into x16, or into
 * x17 if D is x16, so that the jump may land on "bti c".
 */
#define TRAMPFD_PAIR	0x10000	/* new; for code.reg */
#define TRAMPFD_SECURE	0x10001	/* new; for code.reg */
#define TRAMPFD_PUSH	0x10002	/* new; for data.reg */
#define TRAMPFD_ADJACENT 0x10003	/* new; for code.reg */
#define TRAMPFD_SPILL	0x10004	/* new; for data.reg */

/*
 * ntrampolines	of the table, at most info.ntrampolines; new: TRAMPFD_MAX for as
 *		many as the form allows, to be read from the info afterwards;
 *		TRAMPFD_ADJACENT wants that
 * reg		a register, or a form
 * table	array of code addresses; zero unless reg is a register
 */
struct trampfd_code {
	__u32		ntrampolines;
	__u32		reg;
	__u64		table;
};

#define TRAMPFD_MAX	0xffffffffU

/*
 * reg		a register, TRAMPFD_PUSH or TRAMPFD_SPILL
 * stride	new: bytes from one pair to the next, a multiple of the word and
 *		at least two words; zero for two words.  Zero (and called
 *		reserved) in the two-register form.  A power of two, at most
 *		TRAMPFD_MAX_ADJACENT, for TRAMPFD_ADJACENT.
 * table	array of data addresses, or of pairs; aligned to a word.  Zero for
 *		TRAMPFD_ADJACENT.
 */
struct trampfd_data {
	__u32		reg;
	union {
		__u32	reserved;
		__u32	stride;
	};
	__u64		table;
};

#define TRAMPFD_MAX_ADJACENT 256

/*
 * New: what the secure form checks.  Both are arrays, written once, and copied:
 * later writes to the user's array change nothing.
 *
 * TRAMPFD_TARGETS	__u64 each: a word that the target in a pair may have.
 *			Mandatory before mmap.
 * TRAMPFD_CALLERS	struct trampfd_range each: where the return address of
 *			the call may lie.  Optional.
 */
struct trampfd_range {
	__u64		start;
	__u64		end;		/* the first address after the range */
};

#define TRAMPFD_MAX_TARGETS	1024
#define TRAMPFD_MAX_CALLERS	1024

/*
 * Symbolic offsets, for pwrite, or for lseek and write.  A write transfers a
 * whole structure (or array) and leaves the file position alone.
 */
enum trampfd_offsets {
	TRAMPFD_CODE,
	TRAMPFD_DATA,
	TRAMPFD_TARGETS,
	TRAMPFD_CALLERS,
};

#endif /* _UAPI_LINUX_TRAMPFD_H */
