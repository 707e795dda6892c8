/* SPDX-License-Identifier: MIT */
/* The s390x target: calling conventions and the constants that size the public
   structures.  Included by ffi.h; safe to include from assembly.  */

#ifndef LIBFFI_TARGET_H
#define LIBFFI_TARGET_H

#ifndef LIBFFI_H
#error "Include <ffi.h> instead of <ffitarget.h>."
#endif

#define FFI_TARGET_SPECIFIC_STACK_SPACE_ALLOCATION
#define FFI_TARGET_HAS_COMPLEX_TYPE
#define FFI_TARGET_HAS_INT128
#define FFI_TARGET_HAS_VECTOR_TYPE

#ifndef LIBFFI_ASM
typedef unsigned long ffi_arg;
typedef signed long ffi_sarg;

typedef enum ffi_abi
{
  FFI_FIRST_ABI = 0,
  FFI_SYSV, /* the s390x ELF ABI; vectors travel as the compiler's flags for the library
               say: in vector registers with -march=z13 and later, otherwise by address */
  FFI_LAST_ABI,
  FFI_DEFAULT_ABI = FFI_SYSV
} ffi_abi;
#endif

#define FFI_CLOSURES 1
#define FFI_GO_CLOSURES 1

/* Bytes at the start of every closure that belong to the library.  */
#define FFI_TRAMPOLINE_SIZE 32

/* 0: ffi_raw arguments are not laid out as on this target's stack.  */
#define FFI_NATIVE_RAW_API 0

#endif
