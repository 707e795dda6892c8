/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Copyright (c) 2026 the maintainers of this repository
 */
#ifndef TRAMPFD_ARM_CODE_H
#define TRAMPFD_ARM_CODE_H

#include <linux/types.h>

#include "../trampfd.h"

/*
 * 32-bit ARM: the processes of arm, and the 32-bit processes of arm64.
 * Trampolines are at most TWO_SIZE bytes, or ADJACENT_SIZE, or PAIR_SIZE for the
 * others.
 */
#define TRAMPFD_ARM_TWO_SIZE	32
#define TRAMPFD_ARM_PAIR_SIZE	16
#define TRAMPFD_ARM_ADJACENT_SIZE 16
#define TRAMPFD_ARM_TRAP	0xe7f000f0	/* udf #0 */

#define TRAMPFD_ARM_NREGS	16
extern const struct trampfd_reg trampfd_arm_regs[TRAMPFD_ARM_NREGS];

void trampfd_arm_two(void *at, unsigned int creg, u64 code, unsigned int dreg,
		     u64 data);
void trampfd_arm_pair(void *at, unsigned int dreg, u64 pair);
void trampfd_arm_adjacent(void *at, unsigned int dreg, s32 distance);

#endif
