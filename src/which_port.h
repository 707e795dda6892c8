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
#elif defined __powerpc64__ && defined __LITTLE_ENDIAN__ && _CALL_ELF == 2
"POWERPC64 powerpc64"
#elif defined __powerpc__
"no port for PowerPC but little-endian 64-bit with the ELFv2 ABI"
#elif defined __riscv && __riscv_xlen != 64
"no port for 32-bit RISC-V"
#elif defined __riscv && !defined __riscv_float_abi_double
"no port for RISC-V without double-precision registers for arguments: give -mabi=lp64d"
#elif defined __riscv && !defined __riscv_atomic
"no port for RISC-V without atomic instructions: give -march=rv64gc or later"
#elif defined __riscv
"RISCV64 riscv64"
#elif defined __s390x__
"S390X s390x"
#elif defined __s390__
"no port for 31-bit s390 (-m31)"
#else
"no port for this processor; ports: x86-64, i386, AArch64, Arm, ppc64le, riscv64, s390x"
#endif
