/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */
/*
 * Trampoline file descriptors: tables of trampolines that the kernel writes.
 *
 * An open file of /dev/trampfd becomes one page of trampolines.  The interface
 * is that of trampfd v2 as proposed in 2020; what is new is marked so.
 *
 *	fd = open("/dev/trampfd", O_RDWR | O_CLOEXEC);
 *	ioctl(fd, TRAMPFD_INFO, &info);		or read(fd, &info, sizeof(info))
 *	pwrite(fd, &code, sizeof(code), TRAMPFD_CODE);
 *	pwrite(fd, &data, sizeof(data), TRAMPFD_DATA);
 *	table = mmap(NULL, info.code_size * code.ntrampolines,
 *		     PROT_READ | PROT_EXEC, MAP_PRIVATE, fd, info.code_offset);
 *	close(fd);
 *
 * Trampoline X is at table + info.code_size * X.  Structures have the same
 * layout in 32- and 64-bit processes; reserved fields are zero.
 */
#ifndef _UAPI_LINUX_TRAMPFD_H
#define _UAPI_LINUX_TRAMPFD_H

#include <linux/ioctl.h>
#include <linux/types.h>

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
 * TRAMPFD_SECURE as TRAMPFD_PAIR	the same effect, but no code exists:
 *				calling the address traps, and the kernel checks
 *				before it does the work
 *
 * pair[X] is at data.table + X * data.stride.  Its first word is the data
 * address, which is for the target to load, and its second word is the address
 * of the target.  All tables are the user's memory and may change at any time.
 *
 * On arm64 the pair form loads the target's address into x16, or into x17 if D
 * is x16, so that the jump may land on "bti c".
 */
#define TRAMPFD_PAIR	0x10000	/* new; for code.reg */
#define TRAMPFD_SECURE	0x10001	/* new; for code.reg */
#define TRAMPFD_PUSH	0x10002	/* new; for data.reg */

/*
 * ntrampolines	of the table, at most info.ntrampolines; new: TRAMPFD_MAX for as
 *		many as the form allows, to be read from the info afterwards
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
 * reg		a register, or TRAMPFD_PUSH
 * stride	new: bytes from one pair to the next, a multiple of the word and
 *		at least two words; zero for two words.  Zero (and called
 *		reserved) in the two-register form.
 * table	array of data addresses, or of pairs; aligned to a word
 */
struct trampfd_data {
	__u32		reg;
	union {
		__u32	reserved;
		__u32	stride;
	};
	__u64		table;
};

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
	TRAMPFD_NUM_OFFSETS,
};

/*
 * Register names.  v2 added them to ptrace.h; 32-bit processes use those of
 * reg_32_name, 64-bit processes those of reg_64_name, and they do not overlap.
 * Stack pointers and program counters are no designated registers.
 */
#if defined(__x86_64__) || defined(__i386__)
enum reg_32_name {
	x32_min = 0,
	x32_eax = x32_min,
	x32_ebx,
	x32_ecx,
	x32_edx,
	x32_esi,
	x32_edi,
	x32_ebp,
	x32_max,
};

enum reg_64_name {
	x64_min = x32_max,
	x64_rax = x64_min,
	x64_rbx,
	x64_rcx,
	x64_rdx,
	x64_rsi,
	x64_rdi,
	x64_rbp,
	x64_r8,
	x64_r9,
	x64_r10,
	x64_r11,
	x64_r12,
	x64_r13,
	x64_r14,
	x64_r15,
	x64_max,
};
#endif

#if defined(__arm__) || defined(__aarch64__)
/* r13 and r15 are refused. */
enum reg_32_name {
	arm_min = 0,
	arm_r0 = arm_min,
	arm_r1,
	arm_r2,
	arm_r3,
	arm_r4,
	arm_r5,
	arm_r6,
	arm_r7,
	arm_r8,
	arm_r9,
	arm_r10,
	arm_r11,
	arm_r12,
	arm_r13,
	arm_r14,
	arm_r15,
	arm_max,
};
#endif

#if defined(__aarch64__)
enum reg_64_name {
	arm64_min = arm_max,
	arm64_r0 = arm64_min,
	arm64_r1,
	arm64_r2,
	arm64_r3,
	arm64_r4,
	arm64_r5,
	arm64_r6,
	arm64_r7,
	arm64_r8,
	arm64_r9,
	arm64_r10,
	arm64_r11,
	arm64_r12,
	arm64_r13,
	arm64_r14,
	arm64_r15,
	arm64_r16,
	arm64_r17,
	arm64_r18,
	arm64_r19,
	arm64_r20,
	arm64_r21,
	arm64_r22,
	arm64_r23,
	arm64_r24,
	arm64_r25,
	arm64_r26,
	arm64_r27,
	arm64_r28,
	arm64_r29,
	arm64_r30,
	arm64_max,
};
#endif

#endif /* _UAPI_LINUX_TRAMPFD_H */
