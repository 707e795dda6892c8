/* SPDX-License-Identifier: MIT */
/* Filling closures' maps, for ports whose specialised entries go by them.  */

#include "closure_map.h"
#include "classify.h"

/* The number of the place where the next argument, of TYPE, starts, or NOT_MAPPED.  */
FFI_INLINE size_t
next_number (struct ffi_assign *a, const ffi_type *type)
{
#if PORT_NEXT_WORDS
  /* A frame at this address has its words there.  */
  char *const base = (char *) (uintptr_t) WORD;
  const struct ffi_frame numbers
      = { base, base + MAPPED_FPR * WORD, base + MAPPED_STACK * WORD, WORD };
  char *words = ffi_port_next_words (a, &numbers, type, PORT_MAP_VARIANT);

  if (likely (words != NULL))
    {
      size_t number = (size_t) (words - base) / WORD;
      return number < MAPPED_STACK + MAPPED_REACH ? number : NOT_MAPPED;
    }
#endif
  return ffi_port_map (type, ffi_port_next (a, type, PORT_MAP_VARIANT));
}

bool
ffi_fill_map (const ffi_cif *cif, unsigned char *map, struct ffi_assign *a)
{
  ffi_type **types = cif->arg_types;
  struct ffi_assign walk; /* which a compiler keeps in registers */

  ffi_port_start (&walk, cif, PORT_MAP_VARIANT);
  if (walk.sret == SRET_FIRST)
    ffi_port_sret (&walk);
  for (unsigned i = 0; i < cif->nargs; i++)
    {
      size_t at = next_number (&walk, types[i]);
      if (at > UCHAR_MAX)
        return false;
      map[i] = at;
    }
  *a = walk;
  return true;
}
