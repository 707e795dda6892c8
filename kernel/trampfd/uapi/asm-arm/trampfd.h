/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */
/*
 * Registers that trampfd can designate; r13 and r15 are refused.
 *
 * Copyright (c) 2026 the maintainers of this repository
 */
#ifndef _UAPI_ASM_ARM_TRAMPFD_H
#define _UAPI_ASM_ARM_TRAMPFD_H

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

#endif /* _UAPI_ASM_ARM_TRAMPFD_H */
