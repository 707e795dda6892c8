/* SPDX-License-Identifier: MIT */
/* The x86 target: calling conventions and the constants that size the public
   structures.  Included by ffi.h; safe to include from assembly.  */

#ifndef LIBFFI_TARGET_H
#define LIBFFI_TARGET_H

#ifndef LIBFFI_H
#error "Include <ffi.h> instead of <ffitarget.h>."
#endif

/* The target's name, for clients that test it.  */
#define X86_ANY
#ifdef __x86_64__
#ifndef X86_64
#define X86_64
#endif
#elif !defined X86
#define X86
#endif

#define FFI_TARGET_SPECIFIC_STACK_SPACE_ALLOCATION
#define FFI_TARGET_HAS_COMPLEX_TYPE
#ifdef __x86_64__
#define FFI_TARGET_HAS_INT128
#define FFI_TARGET_HAS_VECTOR_TYPE
#endif

#ifndef LIBFFI_ASM
typedef unsigned long ffi_arg;
typedef signed long ffi_sarg;

#ifdef __x86_64__
typedef enum ffi_abi
{
  FFI_FIRST_ABI = 1,
  FFI_UNIX64,            /* System V psABI for AMD64 */
  FFI_WIN64,             /* Microsoft x64 */
  FFI_EFI64 = FFI_WIN64, /* UEFI calls like Microsoft x64 */
  FFI_GNUW64,            /* the same, a long double result in memory */
  FFI_LAST_ABI,
  FFI_DEFAULT_ABI = FFI_UNIX64
} ffi_abi;
#else
typedef enum ffi_abi
{
  FFI_FIRST_ABI = 0,
  FFI_SYSV = 1,     /* System V psABI: cdecl */
  FFI_THISCALL = 3, /* the first integer in ecx */
  FFI_FASTCALL = 4, /* the first two integers in ecx, edx */
  FFI_STDCALL = 5,  /* the callee removes the arguments */
  FFI_PASCAL = 6,   /* that, and the first argument is pushed first */
  FFI_REGISTER = 7, /* Borland's: pascal, with three integers in eax, edx, ecx */
  FFI_MS_CDECL = 8, /* cdecl with Microsoft's struct results */
  FFI_LAST_ABI,
  FFI_DEFAULT_ABI = FFI_SYSV
} ffi_abi;
#endif
#endif

#define FFI_CLOSURES 1
#define FFI_GO_CLOSURES 1

/* Bytes at the start of every closure that belong to the library, and whether
   ffi_raw arguments are laid out as on this target's stack.  */
#ifdef __x86_64__
#define FFI_TRAMPOLINE_SIZE 32
#define FFI_NATIVE_RAW_API 0
#else
#define FFI_TRAMPOLINE_SIZE 16
#define FFI_NATIVE_RAW_API 1
#endif

/* Codes that other implementations use between their own parts; kept because
   clients can see them.  */
#define FFI_X86_TYPE_LAST FFI_TYPE_VECTOR
#define FFI_TYPE_SMALL_STRUCT_1B (FFI_TYPE_LAST + 1)
#define FFI_TYPE_SMALL_STRUCT_2B (FFI_TYPE_LAST + 2)
#define FFI_TYPE_SMALL_STRUCT_4B (FFI_TYPE_LAST + 3)
#define FFI_TYPE_MS_STRUCT (FFI_TYPE_LAST + 4)

#endif
