/* SPDX-License-Identifier: MIT */
/* Bounds of signatures.  */

#ifndef FFI_BOUNDS_H
#define FFI_BOUNDS_H

#include "ffi_common.h"
#include "target.h"

/* No calling convention looks into a larger aggregate.  */
#ifndef FFI_LARGEST_CLASSIFIED
#define FFI_LARGEST_CLASSIFIED 64
#endif

/* Whether the port passes structs with bit-fields of width 0.  */
#ifndef PORT_ZERO_WIDTH
#define PORT_ZERO_WIDTH 1
#endif

/* Whether it passes _Float16, and __float128 where that is not long double.  */
#ifndef PORT_FLOAT16
#define PORT_FLOAT16 0
#endif
#ifndef PORT_FLOAT128
#define PORT_FLOAT128 0
#endif

/* Limits that keep hostile types from exhausting stack or time.  */
enum
{
  FFI_MAX_ARGS = 65535,
  FFI_MAX_NESTING = 100,     /* structs within structs */
  FFI_MAX_STRUCTS = 1 << 20, /* in one signature, counted as often as they occur */
  FFI_MAX_ARG_SIZE = 1 << 30,
  FFI_MAX_CLASSIFIED = FFI_LARGEST_CLASSIFIED
};

/* Whether a calling convention may look into the struct TYPE, which has a size.  What no
   convention looks into has not been checked.  */
#if PORT_LOOKS_INTO
bool ffi_port_looks_into (const ffi_type *type) __attribute__ ((visibility ("hidden")));
#else
static inline bool
ffi_port_looks_into (const ffi_type *type)
{
  return type->size <= FFI_MAX_CLASSIFIED;
}
#endif

/* Whether the struct TYPE, which has a size of at most FFI_MAX_CLASSIFIED, consists of
   what it can consist of, also where no convention looks into it: then it may be walked
   through.  */
bool ffi_struct_is_sound (ffi_type *type) __attribute__ ((visibility ("hidden")));

#endif
