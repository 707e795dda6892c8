/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */
/*
 * Names of registers, for the module and its users; they are the mails' of 2020.
 * 32-bit processes have those of reg_32_name, 64-bit processes those of reg_64_name,
 * and they do not overlap.  In a kernel with the system call, each architecture has
 * a file of this name.
 *
 * Copyright (c) 2026 the maintainers of this repository
 */
#if defined(__x86_64__) || defined(__i386__)
#include "../asm-x86/trampfd.h"
#elif defined(__aarch64__)
#include "../asm-arm64/trampfd.h"
#elif defined(__arm__)
#include "../asm-arm/trampfd.h"
#elif defined(__riscv)
#include "../asm-riscv/trampfd.h"
#endif
