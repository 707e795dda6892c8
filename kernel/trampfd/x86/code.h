/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Copyright (c) 2026 the maintainers of this repository
 */
#ifndef TRAMPFD_X86_CODE_H
#define TRAMPFD_X86_CODE_H

#include <linux/types.h>

/* At most TWO_SIZE bytes, or PAIR_SIZE (push, too), or ADJACENT_SIZE for others. */
#define TRAMPFD_X64_TWO_SIZE	64
#define TRAMPFD_X64_PAIR_SIZE	32
#define TRAMPFD_X64_ADJACENT_SIZE 16
#define TRAMPFD_X32_TWO_SIZE	32
#define TRAMPFD_X32_PAIR_SIZE	16
#define TRAMPFD_X32_ADJACENT_SIZE 32

void trampfd_x64_two(void *at, unsigned int creg, u64 code, unsigned int dreg,
		     u64 data);
void trampfd_x64_pair(void *at, unsigned int dreg, u64 pair);
void trampfd_x64_push(void *at, u64 pair);
void trampfd_x64_adjacent(void *at, unsigned int dreg, s32 distance);

void trampfd_x32_two(void *at, unsigned int creg, u64 code, unsigned int dreg,
		     u64 data);
void trampfd_x32_pair(void *at, unsigned int dreg, u64 pair);
void trampfd_x32_push(void *at, u64 pair);
void trampfd_x32_adjacent(void *at, unsigned int dreg, s32 distance);
void trampfd_x32_spill(void *at, s32 distance);

#endif
