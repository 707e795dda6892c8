/* SPDX-License-Identifier: MIT */
/* For flags.h of a port with registers of 64 bits: the classes by which ffi_call loads an
   argument, for C and assembly.  Those of integers are the RET codes of results that are
   widened likewise; other values are the port's.  */

#ifndef FFI_ARGUMENT_CLASSES_H
#define FFI_ARGUMENT_CLASSES_H

#define CLASS_U8 1
#define CLASS_S8 2
#define CLASS_U16 3
#define CLASS_S16 4
#define CLASS_U32 5
#define CLASS_S32 6
#define CLASS_I64 7
#define CLASS_F32 8
#define CLASS_F64 9
#define CLASS_GPR_GPR 10

/* So many arguments have classes in cif->bytes; the flags have their number from here on,
   if all have CLASS_I64.  */
#define FAST_ARGS 8
#define FLAG_COUNT_SHIFT 16

#endif
