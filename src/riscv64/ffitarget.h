/* SPDX-License-Identifier: MIT */
/* The riscv64 target: calling conventions and the constants that size the public
   structures.  Included by ffi.h; safe to include from assembly.  */

#ifndef LIBFFI_TARGET_H
#define LIBFFI_TARGET_H

#ifndef LIBFFI_H
#error "Include <ffi.h> instead of <ffitarget.h>."
#endif

#define FFI_TARGET_SPECIFIC_VARIADIC
#define FFI_TARGET_HAS_INT128

/* How many arguments are named: all, unless the function is variadic.  */
#define FFI_EXTRA_CIF_FIELDS                                                             \
  unsigned riscv_nfixedargs;                                                             \
  unsigned riscv_unused

#ifndef LIBFFI_ASM
typedef unsigned long ffi_arg;
typedef signed long ffi_sarg;

typedef enum ffi_abi
{
  FFI_FIRST_ABI = 0,
  FFI_SYSV, /* LP64D */
  FFI_UNUSED_1,
  FFI_UNUSED_2,
  FFI_UNUSED_3, /* these three are accepted, and mean FFI_SYSV */
  FFI_LAST_ABI,
  FFI_DEFAULT_ABI = FFI_SYSV
} ffi_abi;
#endif

#define FFI_CLOSURES 1
#define FFI_GO_CLOSURES 1

/* Bytes at the start of every closure that belong to the library.  */
#define FFI_TRAMPOLINE_SIZE 24

/* 0: ffi_raw arguments are not laid out as on this target's stack.  */
#define FFI_NATIVE_RAW_API 0

#endif
