/* SPDX-License-Identifier: MIT */
/* Which port the compiler makes code for, with the flags it is given.  Not compiled:
   configure and meson.build preprocess it and read the one string that is left, the
   port's name and its directory, or "no port for" and what the compiler makes code for.
   These are strings since words such as linux and unix may be macros.  */

#if !defined __linux__
"no port for systems other than Linux"
#elif defined __x86_64__ && defined __ILP32__
"no port for x32, the ABI of x86-64 with 32-bit pointers (-mx32)"
#elif defined __x86_64__
"X86_64 x86/x86_64"
#elif defined __i386__ && !defined __GCC_HAVE_SYNC_COMPARE_AND_SWAP_4
"no port for processors without cmpxchg: give -march=i486 or later"
#elif defined __i386__
"I386 x86/i386"
#elif defined __aarch64__ && defined __ILP32__
"no port for AArch64 with 32-bit pointers (-mabi=ilp32)"
#elif defined __aarch64__
"AARCH64 aarch64"
#elif defined __arm__ && defined __ARMEB__
"no port for big-endian 32-bit Arm"
#elif defined __arm__ && !defined __ARM_EABI__
"no port for 32-bit Arm without the EABI"
#elif defined __arm__ && (!defined __ARM_ARCH_ISA_ARM || __ARM_ARCH < 5)
"no port for Arm processors without A32 or before ARMv5T: give -march=armv5t or later"
#elif defined __arm__
"ARM arm"
#else
"no port for this processor; ports: x86-64, i386, AArch64, 32-bit Arm"
#endif
