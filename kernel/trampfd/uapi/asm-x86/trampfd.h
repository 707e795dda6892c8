/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */
/*
 * Registers that trampfd can designate, of 32- and of 64-bit processes, without stack
 * pointers.
 *
 * Copyright (c) 2026 the maintainers of this repository
 */
#ifndef _UAPI_ASM_X86_TRAMPFD_H
#define _UAPI_ASM_X86_TRAMPFD_H

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

#endif /* _UAPI_ASM_X86_TRAMPFD_H */
