/* SPDX-License-Identifier: MIT */
/* The register in which a nested function of GCC's finds its static chain.  */

#ifndef STATIC_CHAIN_H
#define STATIC_CHAIN_H

#if defined __x86_64__
#define STATIC_CHAIN "r10"
#elif defined __i386__
#define STATIC_CHAIN "ecx"
#elif defined __aarch64__
#define STATIC_CHAIN "x18"
#elif defined __powerpc64__
#define STATIC_CHAIN "r11"
#elif defined __riscv_landing_pad
#define STATIC_CHAIN "t3"
#elif defined __riscv
#define STATIC_CHAIN "t2"
#elif defined __s390x__
#define STATIC_CHAIN "r0"
#else
#define STATIC_CHAIN "ip"
#endif

#endif
