/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */
/*
 * Registers that trampfd can designate, of 32- and of 64-bit processes; r13 and r15 are
 * refused.
 *
 * Copyright (c) 2026 the maintainers of this repository
 */
#ifndef _UAPI_ASM_ARM64_TRAMPFD_H
#define _UAPI_ASM_ARM64_TRAMPFD_H

#include "../asm-arm/trampfd.h"

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

#endif /* _UAPI_ASM_ARM64_TRAMPFD_H */
