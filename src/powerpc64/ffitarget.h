/* SPDX-License-Identifier: MIT */
/* The 64-bit PowerPC target, little-endian: calling conventions and the constants that
   size the public structures.  Included by ffi.h; safe to include from assembly.  */

#ifndef LIBFFI_TARGET_H
#define LIBFFI_TARGET_H

#ifndef LIBFFI_H
#error "Include <ffi.h> instead of <ffitarget.h>."
#endif

#define FFI_TARGET_SPECIFIC_VARIADIC 1
#define FFI_EXTRA_CIF_FIELDS unsigned nfixedargs
#define FFI_TARGET_HAS_COMPLEX_TYPE
#define FFI_TARGET_HAS_VECTOR_TYPE

#ifndef LIBFFI_ASM
typedef unsigned long ffi_arg;
typedef signed long ffi_sarg;

typedef enum ffi_abi
{
  FFI_FIRST_ABI = 0,

  /* Names of other targets' conventions, which this one refuses.  */
  FFI_COMPAT_SYSV,
  FFI_COMPAT_GCC_SYSV,
  FFI_COMPAT_LINUX64,
  FFI_COMPAT_LINUX,
  FFI_COMPAT_LINUX_SOFT_FLOAT,

  /* ELFv2, with a bit for each of these.  */
  FFI_LINUX = 8,
  FFI_LINUX_STRUCT_ALIGN = 1,        /* structs aligned to 16 bytes or more start at an
                                        even doubleword, as compilers have them */
  FFI_LINUX_LONG_DOUBLE_128 = 2,     /* long double has 16 bytes; otherwise it is passed
                                        as double */
  FFI_LINUX_LONG_DOUBLE_IEEE128 = 4, /* and these are IEEE's format, not two doubles */

/* As the program that includes this is compiled.  */
#if defined __LONG_DOUBLE_IEEE128__
  FFI_DEFAULT_ABI = 15,
#elif __SIZEOF_LONG_DOUBLE__ == 16
  FFI_DEFAULT_ABI = 11,
#else
  FFI_DEFAULT_ABI = 9,
#endif
  FFI_LAST_ABI = 16
} ffi_abi;
#endif

#define FFI_CLOSURES 1
#define FFI_GO_CLOSURES 1

/* Bytes at the start of every closure that belong to the library.  */
#define FFI_TRAMPOLINE_SIZE 32

/* 0: ffi_raw arguments are not laid out as on this target's stack.  */
#define FFI_NATIVE_RAW_API 0

#endif
