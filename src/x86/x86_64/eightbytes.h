/* SPDX-License-Identifier: MIT */
/* The eightbytes of an aggregate and their classes, by the System V psABI for AMD64,
   section 3.2.3.  */

#ifndef FFI_EIGHTBYTES_H
#define FFI_EIGHTBYTES_H

#include "bounds.h"
#include "layout.h"

/* Classes of an eightbyte; small, as there is an array of them.  */
enum __attribute__ ((packed)) eightbyte
{
  NO_CLASS,
  INTEGER,
  SSE,
  SSEUP,
  X87,
  X87UP,
  MEMORY
};

enum
{
  EIGHTBYTES = FFI_MAX_CLASSIFIED / 8
};

/* The eightbytes of an aggregate, LIMIT bytes of them; what lies behind does not count.
 */
struct eightbytes
{
  enum eightbyte classes[EIGHTBYTES];
  size_t limit;
};

/* Vectors of less than an eightbyte travel like integers, unless their lanes are
   _Float16.  */
static inline enum eightbyte
vector_eightbyte (const ffi_type *type)
{
  return type->size < 8 && !ffi_is_float16 (type->elements[0]) ? INTEGER : SSE;
}

/* Classify ALL eightbytes of the struct TYPE, which has been checked; they have no class
   yet.  False if it must be in memory.  */
bool ffi_classify_eightbytes (struct eightbytes *all, const ffi_type *type);

#endif
