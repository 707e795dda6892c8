/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Copyright (c) 2026 the maintainers of this repository
 */
#ifndef TRAMPFD_RISCV_CODE_H
#define TRAMPFD_RISCV_CODE_H

#include <linux/types.h>

/* At most TWO_SIZE bytes, or ADJACENT_SIZE, or PAIR_SIZE for the others. */
#define TRAMPFD_RISCV64_TWO_SIZE	64
#define TRAMPFD_RISCV64_PAIR_SIZE	32
#define TRAMPFD_RISCV64_ADJACENT_SIZE	32
#define TRAMPFD_RISCV64_TRAP		0	/* defined to be illegal */

void trampfd_riscv64_two(void *at, unsigned int creg, u64 code,
			 unsigned int dreg, u64 data);
void trampfd_riscv64_pair(void *at, unsigned int dreg, u64 pair);
void trampfd_riscv64_adjacent(void *at, unsigned int dreg, s32 distance);

#endif
