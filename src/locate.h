/* SPDX-License-Identifier: MIT */
/* The frame of one call, with the registers and the stack arguments in memory: where in
   it a location is.  */

#ifndef FFI_LOCATE_H
#define FFI_LOCATE_H

#include "classify.h"
#include <string.h>

/* The first word of LOC, which is not in FPRs.  */
FFI_INLINE char *
word_of (const struct ffi_frame *f, struct ffi_loc loc)
{
  return loc.kind == LOC_STACK ? f->stack + loc.offset : f->gpr + loc.gpr * WORD;
}

FFI_INLINE char *
fpr_of (const struct ffi_frame *f, struct ffi_loc loc)
{
  return f->fpr + loc.fpr * f->stride;
}

/* Whether the members of a value in LOC, which is LOC_FPR, are next to each other.  */
FFI_INLINE bool
is_adjacent (const struct ffi_frame *f, struct ffi_loc loc)
{
  return loc.count == 1 || loc.size >= f->stride;
}

/* Where in the first word of LOC a value of TYPE starts.  */
FFI_INLINE size_t
start_in_word (struct ffi_loc loc, const ffi_type *type)
{
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  if (type->size < WORD && !PORT_LEFT (loc, type))
    return LOW_PART (WORD, type->size);
#endif
  (void) loc, (void) type;
  return 0;
}

#if !PORT_NEXT_WORDS
FFI_INLINE char *
ffi_port_next_words (struct ffi_assign *a, const struct ffi_frame *f,
                     const ffi_type *type, unsigned variant)
{
  (void) a, (void) f, (void) type, (void) variant;
  return NULL;
}
#endif

#if !PORT_FLOATS
FFI_INLINE void
ffi_port_store_float (const struct ffi_frame *f, char *to, const char *value)
{
  uint32_t v;

  (void) f;
  memcpy (&v, value, sizeof v);
  *(unsigned long *) to = v;
}

FFI_INLINE void
ffi_port_load_float (const struct ffi_frame *f, char *words)
{
  (void) f, (void) words;
}
#endif

/* memcpy; most values have the size of a word.  */
FFI_INLINE void
copy (char *to, const char *from, size_t size)
{
  if (likely (size == WORD))
    memcpy (to, from, WORD);
  else if (size == 4)
    memcpy (to, from, 4);
  else if (size == 8)
    memcpy (to, from, 8);
  else if (size == 16)
    memcpy (to, from, 16);
  else
    memcpy (to, from, size);
}

#endif
