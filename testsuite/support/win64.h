/* SPDX-License-Identifier: MIT */
/* For a test of the Microsoft x64 convention: what follows ffitest.h is about that.
   The compilers' ms_abi differs in where a long double result is: GCC's is in memory,
   as FFI_GNUW64 has it, clang's in st(0), as FFI_WIN64 has it.  */

#ifndef WIN64_H
#define WIN64_H

#ifdef __clang__
#define FFITEST_ABI FFI_WIN64
#else
#define FFITEST_ABI FFI_GNUW64
#endif
#define FFITEST_CONVENTION __attribute__ ((ms_abi))

#endif
