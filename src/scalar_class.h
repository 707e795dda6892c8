/* SPDX-License-Identifier: MIT */
/* For call.c of a port with registers of 64 bits: the classes, of its flags.h, by which
   assembly loads scalars.  */

#ifndef FFI_SCALAR_CLASS_H
#define FFI_SCALAR_CLASS_H

#include "flags.h"
#include "loc.h"
#include "scalar.h"

/* The classes of scalars that one register holds.  */
static const unsigned char scalar_class[FFI_TYPE_LAST + 1] = {
  [FFI_TYPE_INT] = CLASS_S32,    [FFI_TYPE_UINT8] = CLASS_U8,
  [FFI_TYPE_SINT8] = CLASS_S8,   [FFI_TYPE_UINT16] = CLASS_U16,
  [FFI_TYPE_SINT16] = CLASS_S16, [FFI_TYPE_UINT32] = CLASS_U32,
  [FFI_TYPE_SINT32] = CLASS_S32, [FFI_TYPE_UINT64] = CLASS_I64,
  [FFI_TYPE_SINT64] = CLASS_I64, [FFI_TYPE_POINTER] = CLASS_I64,
  [FFI_TYPE_FLOAT] = CLASS_F32,  [FFI_TYPE_DOUBLE] = CLASS_F64,
};

/* Integers have the same codes as results.  */
_Static_assert((int) CLASS_U8 == RET_U8 && (int) CLASS_S8 == RET_S8
                   && (int) CLASS_U16 == RET_U16 && (int) CLASS_S16 == RET_S16
                   && (int) CLASS_U32 == RET_U32 && (int) CLASS_S32 == RET_S32
                   && (int) CLASS_I64 == RET_I64,
               "classes of integers");

#endif
