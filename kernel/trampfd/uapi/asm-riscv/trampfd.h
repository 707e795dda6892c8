/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */
/*
 * Registers that trampfd can designate: x1 to x31, but the stack pointer is refused.
 *
 * Copyright (c) 2026 the maintainers of this repository
 */
#ifndef _UAPI_ASM_RISCV_TRAMPFD_H
#define _UAPI_ASM_RISCV_TRAMPFD_H

enum reg_64_name {
	riscv64_min = 0,
	riscv64_ra = riscv64_min,
	riscv64_sp,
	riscv64_gp,
	riscv64_tp,
	riscv64_t0,
	riscv64_t1,
	riscv64_t2,
	riscv64_s0,
	riscv64_s1,
	riscv64_a0,
	riscv64_a1,
	riscv64_a2,
	riscv64_a3,
	riscv64_a4,
	riscv64_a5,
	riscv64_a6,
	riscv64_a7,
	riscv64_s2,
	riscv64_s3,
	riscv64_s4,
	riscv64_s5,
	riscv64_s6,
	riscv64_s7,
	riscv64_s8,
	riscv64_s9,
	riscv64_s10,
	riscv64_s11,
	riscv64_t3,
	riscv64_t4,
	riscv64_t5,
	riscv64_t6,
	riscv64_max,
};

#endif /* _UAPI_ASM_RISCV_TRAMPFD_H */
