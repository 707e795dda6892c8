/* SPDX-License-Identifier: MIT */
/* The 32-bit Arm target: calling conventions and the constants that size the public
   structures.  Included by ffi.h; safe to include from assembly.  */

#ifndef LIBFFI_TARGET_H
#define LIBFFI_TARGET_H

#ifndef LIBFFI_H
#error "Include <ffi.h> instead of <ffitarget.h>."
#endif

/* The target's name, for clients that test it.  */
#ifndef ARM
#define ARM
#endif

#define FFI_TARGET_SPECIFIC_VARIADIC
#define FFI_TARGET_HAS_COMPLEX_TYPE

/* long double is double.  */
#define FFI_TYPE_LONGDOUBLE FFI_TYPE_DOUBLE

#ifndef LIBFFI_ASM
typedef unsigned long ffi_arg;
typedef signed long ffi_sarg;

typedef enum ffi_abi
{
  FFI_FIRST_ABI = 0,
  FFI_SYSV, /* base AAPCS: floating point in integer registers */
  FFI_VFP,  /* its VFP variant */
  FFI_LAST_ABI,
#ifdef __ARM_PCS_VFP
  FFI_DEFAULT_ABI = FFI_VFP
#else
  FFI_DEFAULT_ABI = FFI_SYSV
#endif
} ffi_abi;

/* Private, like all members behind the first four.  */
#define FFI_EXTRA_CIF_FIELDS                                                             \
  int vfp_used;                                                                          \
  unsigned short vfp_reg_free, vfp_nargs;                                                \
  signed char vfp_args[16]
#endif

#define FFI_CLOSURES 1
#define FFI_GO_CLOSURES 1

/* Bytes at the start of every closure that belong to the library.  */
#define FFI_TRAMPOLINE_SIZE 12
#define FFI_TRAMPOLINE_CLOSURE_OFFSET FFI_TRAMPOLINE_SIZE

/* 0: ffi_raw arguments are not laid out as on this target's stack.  */
#define FFI_NATIVE_RAW_API 0

#endif
