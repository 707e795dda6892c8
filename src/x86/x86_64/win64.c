/* SPDX-License-Identifier: MIT */
/* Preparing signatures for the Microsoft x64 convention.

   Every argument takes one word: its value if that has 1, 2, 4 or 8 bytes, otherwise
   the address of a copy.  The first four words travel in rcx, rdx, r8 and r9, or
   xmm0 to xmm3 if they are float or double, and have room on the stack all the same.
   What Microsoft does not define follows GCC's ms_abi, but for one thing: a long
   double result is in memory only under FFI_GNUW64, and in st(0) under FFI_WIN64,
   which is what clang does.  */

#include "classify.h"
#include "fast_words.h"
#include "port.h"

static bool
is_direct (const ffi_type *type)
{
  return type->size <= 8 && type->size != 0 && (type->size & (type->size - 1)) == 0;
}

static unsigned
result_code (const ffi_cif *cif)
{
  const ffi_type *type = cif->rtype;

  switch (type->type)
    {
    case FFI_TYPE_UINT128:
    case FFI_TYPE_SINT128:
      return RET_VECTOR16;
    case FFI_TYPE_LONGDOUBLE:
      return cif->abi == FFI_GNUW64 ? RET_MEMORY : RET_X87;
    case FFI_TYPE_VECTOR:
      if (type->size == 16)
        return RET_VECTOR16;
      break;
    case FFI_TYPE_STRUCT:
    case FFI_TYPE_COMPLEX:
      break;
    default:
      return ffi_scalar_result[type->type];
    }
  if (type->size == 0)
    return RET_VOID;
  if (!is_direct (type))
    return RET_MEMORY;
  return type->size == 8 ? RET_I64 : RET_I64 | FLAG_PARTIAL;
}

/* The flags that argument I, of TYPE in LOC, adds to FLAG_WIN_WORDS; 0 if it has no place
   in them.  */
static unsigned
word_flags (struct ffi_loc loc, const ffi_type *type, unsigned i)
{
  if (loc.kind == LOC_NONE || i >= (loc.by_address ? WIN_FEW : WIN_MANY)
      || (loc.by_address && type->alignment > 8))
    return 0;
  return FLAG_WIN_WORDS | (loc.by_address ? 1u << (FLAG_WIN_POINTERS_SHIFT + i) : 0)
         | (loc.kind == LOC_FPR ? 1u << (FLAG_WIN_VECTORS_SHIFT + loc.fpr) : 0);
}

ffi_status
ffi_port_prep_general (ffi_cif *cif, unsigned nfixed)
{
  struct ffi_assign a;
  unsigned words_only = FLAG_WIN_WORDS;

  (void) nfixed;
  cif->flags = result_code (cif) | 4 << FLAG_ALIGN_SHIFT;
  ffi_port_start (&a, cif, WIN64);
  if (a.sret == SRET_FIRST)
    ffi_port_sret (&a);
  for (unsigned i = 0; i < cif->nargs; i++)
    {
      const ffi_type *type = cif->arg_types[i];
      unsigned flags = word_flags (ffi_port_next (&a, type, WIN64), type, i);
      words_only = words_only != 0 && flags != 0 ? words_only | flags : 0;
      if (a.copies > FFI_MAX_ARG_SIZE)
        return FFI_BAD_TYPEDEF;
    }
  cif->flags |= words_only;
  size_t words = a.ngrn < WIN_GPRS ? WIN_GPRS : a.ngrn;
  cif->bytes = FFI_ALIGN_UP (8 * words, (size_t) 16) + a.copies;
  return FFI_OK;
}

/* The flags of NARGS scalars, at most WIN_FEW, with CLASSES.  */
static inline unsigned
scalar_flags (unsigned classes, unsigned nargs)
{
  const unsigned found = find_vectors (classes, nargs);
  unsigned flags = FLAG_WIN_WORDS;

  for (unsigned i = 0; i < WIN_GPRS; i++)
    flags
        |= (found & WORD_CLASS_BIT (1, i)) != 0 ? 1u << (FLAG_WIN_VECTORS_SHIFT + i) : 0;
  return flags;
}

/* Most signatures are some ordinary scalars, each of them a word.  */
ffi_status
ffi_prep_win64 (ffi_cif *cif, unsigned nfixed)
{
  const unsigned nargs = cif->nargs;
  const ffi_type *rtype = cif->rtype;
  unsigned classes;

  if (!ffi_port_has_abi (cif->abi) || nargs > WIN_FEW || rtype == NULL
      || !ffi_is_scalar_or_void (rtype) || rtype->size > 8
      || !find_scalar_classes (cif, &classes))
    return ffi_prep_checked (cif, nfixed);
  cif->flags = ffi_scalar_result[rtype->type] | 4 << FLAG_ALIGN_SHIFT
               | scalar_flags (classes, nargs);
  cif->bytes = 8 * (nargs < WIN_GPRS ? WIN_GPRS : FFI_ALIGN_UP (nargs, 2u));
  if ((classes & EACH_CLASS (WIN_FEW) * CLASS_OTHER) == 0)
    {
      cif->flags |= FLAG_WIN_CLASSES;
      cif->bytes = classes;
    }
  return FFI_OK;
}
