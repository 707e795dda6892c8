// SPDX-License-Identifier: GPL-2.0
/*
 * Trampolines of x86-64 and i386.
 *
 * They begin with a landing pad.  But for the adjacent form, operands are absolute,
 * so the position of the page and the distance of the tables do not matter.
 *
 * Copyright (c) 2026 the maintainers of this repository
 */
#include <linux/string.h>

#include <asm/byteorder.h>

#include "code.h"

enum { RAX = 0, RSP = 4, RBP = 5 };

static u8 *put_bytes(u8 *p, const char *bytes, size_t n)
{
	memcpy(p, bytes, n);
	return p + n;
}

static u8 *put_le32(u8 *p, u32 value)
{
	__le32 le = cpu_to_le32(value);

	return put_bytes(p, (const char *)&le, sizeof(le));
}

static u8 *put_le64(u8 *p, u64 value)
{
	__le64 le = cpu_to_le64(value);

	return put_bytes(p, (const char *)&le, sizeof(le));
}

#define PUT(p, bytes) put_bytes(p, bytes, sizeof(bytes) - 1)

/* ModRM (and what must follow it) for disp(base), with reg or opcode in reg. */
static u8 *put_memory(u8 *p, unsigned int reg, unsigned int base, u8 disp)
{
	/* No displacement would mean rip-relative or absolute with rbp, r13. */
	bool has_disp = disp || (base & 7) == RBP;

	*p++ = (has_disp ? 0x40 : 0) | (reg & 7) << 3 | (base & 7);
	if ((base & 7) == RSP)	/* r12 needs a SIB byte to be a base */
		*p++ = 0x24;
	if (has_disp)
		*p++ = disp;
	return p;
}

static u8 *mov64_imm(u8 *p, unsigned int reg, u64 value)
{
	*p++ = 0x48 | reg >> 3;
	*p++ = 0xb8 | (reg & 7);
	return put_le64(p, value);
}

static u8 *mov32_imm(u8 *p, unsigned int reg, u32 value)
{
	*p++ = 0xb8 | reg;
	return put_le32(p, value);
}

/* mov (reg), reg */
static u8 *load64(u8 *p, unsigned int reg)
{
	*p++ = 0x48 | (reg >> 3) << 2 | reg >> 3;
	*p++ = 0x8b;
	return put_memory(p, reg, reg, 0);
}

static u8 *load32(u8 *p, unsigned int reg)
{
	*p++ = 0x8b;
	return put_memory(p, reg, reg, 0);
}

/* jmp *reg */
static u8 *jump_reg(u8 *p, unsigned int reg)
{
	if (reg >> 3)
		*p++ = 0x41;
	*p++ = 0xff;
	*p++ = 0xe0 | (reg & 7);
	return p;
}

/* jmp *disp(base) */
static u8 *jump_memory(u8 *p, unsigned int base, u8 disp)
{
	if (base >> 3)
		*p++ = 0x41;
	*p++ = 0xff;
	return put_memory(p, 4, base, disp);
}

#define ENDBR64 "\xf3\x0f\x1e\xfa"
#define ENDBR32 "\xf3\x0f\x1e\xfb"

void trampfd_x64_two(void *at, unsigned int creg, u64 code, unsigned int dreg,
		     u64 data)
{
	u8 *p = PUT(at, ENDBR64);

	p = mov64_imm(p, creg, code);
	p = load64(p, creg);
	p = mov64_imm(p, dreg, data);
	p = load64(p, dreg);
	jump_reg(p, creg);
}

void trampfd_x64_pair(void *at, unsigned int dreg, u64 pair)
{
	u8 *p = PUT(at, ENDBR64);

	p = mov64_imm(p, dreg, pair);
	jump_memory(p, dreg, 8);
}

/*
 * There is no jump through a 64-bit address, and no push of one, so rax lends a
 * hand: the target's address waits in the red zone, which nobody owns at the
 * start of a function and which signal frames leave alone.  "ret" instead of the
 * last two would be shorter, but does not survive a shadow stack.
 */
void trampfd_x64_push(void *at, u64 pair)
{
	u8 *p = PUT(at, ENDBR64);

	p = PUT(p, "\x50");			/* push %rax */
	p = mov64_imm(p, RAX, pair);
	p = PUT(p, "\xff\x70\x08");		/* push 8(%rax) */
	p = PUT(p, "\x48\x87\x44\x24\x08");	/* xchg %rax, 8(%rsp) */
	p = PUT(p, "\x48\x8d\x64\x24\x08");	/* lea 8(%rsp), %rsp */
	PUT(p, "\xff\x64\x24\xf8");		/* jmp *-8(%rsp) */
}

void trampfd_x64_adjacent(void *at, unsigned int dreg, s32 distance)
{
	u8 *p = PUT(at, ENDBR64);

	*p++ = 0x48 | (dreg >> 3) << 2;		/* lea distance(%rip), dreg */
	*p++ = 0x8d;
	*p++ = 0x05 | (dreg & 7) << 3;
	p = put_le32(p, distance - 11);
	jump_memory(p, dreg, 8);
}

void trampfd_x32_two(void *at, unsigned int creg, u64 code, unsigned int dreg,
		     u64 data)
{
	u8 *p = PUT(at, ENDBR32);

	p = mov32_imm(p, creg, code);
	p = load32(p, creg);
	p = mov32_imm(p, dreg, data);
	p = load32(p, dreg);
	jump_reg(p, creg);
}

void trampfd_x32_pair(void *at, unsigned int dreg, u64 pair)
{
	u8 *p = PUT(at, ENDBR32);

	p = mov32_imm(p, dreg, pair);
	jump_memory(p, dreg, 4);
}

void trampfd_x32_push(void *at, u64 pair)
{
	u8 *p = PUT(at, ENDBR32);

	*p++ = 0x68;				/* push $pair */
	p = put_le32(p, pair);
	p = PUT(p, "\xff\x25");			/* jmp *pair + 4 */
	put_le32(p, pair + 4);
}

/*
 * reg = the pair; done is how many bytes of the trampoline are there.  Processors
 * know "call; pop" as no call, and keep it out of their prediction of returns.
 */
static u8 *find_pair32(u8 *p, unsigned int reg, unsigned int done, s32 distance)
{
	p = PUT(p, "\xe8\0\0\0\0");		/* call next */
	*p++ = 0x58 | reg;			/* next: pop reg */
	*p++ = 0x8d;				/* lea distance(reg), reg */
	*p++ = 0x80 | reg << 3 | reg;
	return put_le32(p, distance - done - 5);
}

void trampfd_x32_adjacent(void *at, unsigned int dreg, s32 distance)
{
	u8 *p = PUT(at, ENDBR32);

	p = find_pair32(p, dreg, 4, distance);
	jump_memory(p, dreg, 4);
}

void trampfd_x32_spill(void *at, s32 distance)
{
	u8 *p = PUT(at, ENDBR32);

	*p++ = 0x50;				/* push %eax */
	p = find_pair32(p, RAX, 5, distance);
	jump_memory(p, RAX, 4);
}
