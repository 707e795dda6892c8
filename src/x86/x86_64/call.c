/* SPDX-License-Identifier: MIT */
/* Calls on x86-64: preparing a signature of a few scalars; and the choice between the
   conventions for all others.  */

#include "fast_words.h"
#include "port.h"

bool
ffi_port_has_abi (ffi_abi abi)
{
  return abi > FFI_FIRST_ABI && abi < FFI_LAST_ABI;
}

const unsigned char ffi_scalar_result[FFI_TYPE_LAST + 1] = {
  [FFI_TYPE_VOID] = RET_VOID,       [FFI_TYPE_INT] = RET_S32,
  [FFI_TYPE_FLOAT] = RET_FLOAT,     [FFI_TYPE_DOUBLE] = RET_DOUBLE,
  [FFI_TYPE_LONGDOUBLE] = RET_X87,  [FFI_TYPE_UINT8] = RET_U8,
  [FFI_TYPE_SINT8] = RET_S8,        [FFI_TYPE_UINT16] = RET_U16,
  [FFI_TYPE_SINT16] = RET_S16,      [FFI_TYPE_UINT32] = RET_U32,
  [FFI_TYPE_SINT32] = RET_S32,      [FFI_TYPE_UINT64] = RET_I64,
  [FFI_TYPE_SINT64] = RET_I64,      [FFI_TYPE_POINTER] = RET_I64,
  [FFI_TYPE_UINT128] = RET_GPR_GPR, [FFI_TYPE_SINT128] = RET_GPR_GPR,
};

const unsigned char ffi_scalar_class[FFI_TYPE_LAST + 1] = {
  [FFI_TYPE_INT] = CLASS_S32,    [FFI_TYPE_FLOAT] = CLASS_F32,
  [FFI_TYPE_DOUBLE] = CLASS_F64, [FFI_TYPE_UINT8] = CLASS_U8,
  [FFI_TYPE_SINT8] = CLASS_S8,   [FFI_TYPE_UINT16] = CLASS_U16,
  [FFI_TYPE_SINT16] = CLASS_S16, [FFI_TYPE_UINT32] = CLASS_U32,
  [FFI_TYPE_SINT32] = CLASS_S32, [FFI_TYPE_UINT64] = CLASS_I64,
  [FFI_TYPE_SINT64] = CLASS_I64, [FFI_TYPE_POINTER] = CLASS_I64,
};

unsigned
ffi_separate_vectors (unsigned classes, unsigned found, unsigned *vectors)
{
  uint64_t first = 0, rest = 0;
  unsigned nfirst = 0, nrest = 0;

  *vectors = 0;
  for (unsigned i = 0; classes != 0; i++, classes <<= 4, found <<= 4)
    {
      uint64_t class = (uint64_t) (classes >> 28) << 60;
      if (found >> 28)
        {
          first |= class >> 4 * nfirst++;
          *vectors |= 1u << i;
        }
      else
        rest |= class >> 4 * nrest++;
    }
  return (first | rest >> 4 * nfirst) >> 32;
}

/* FLAG_LADDER and the ladder's place for NARGS words of CLASSES, those of VECTORS in
   vector registers, and a result of CODE; or 0.  */
static inline unsigned
ladder (unsigned code, unsigned classes, unsigned vectors, unsigned nargs)
{
  /* Parts of the flags; 0: none of the ladders.  */
#define ROWS(n) ((n) * (LADDER_RUNGS * 1u << FLAG_LADDER_SHIFT))
#define RESULT(n)                                                                        \
  (FLAG_LADDER + ROWS ((n) *LADDER_CLASSES) - ROWS (1)                                   \
   + (FAST_WORDS << FLAG_LADDER_SHIFT))
  static const uint32_t of_class[16] = {
    [CLASS_S32] = ROWS (1),
    [CLASS_I64] = ROWS (2),
    [CLASS_F64] = ROWS (3),
    [CLASS_U32] = ROWS (4), /* stands for several classes */
  };
  static const uint32_t of_result[RET_COUNT] = {
    [RET_VOID] = RESULT (0), [RET_U32] = RESULT (1),    [RET_S32] = RESULT (2),
    [RET_I64] = RESULT (3),  [RET_DOUBLE] = RESULT (4),
  };
  _Static_assert(LADDER_RESULTS * LADDER_CLASSES * LADDER_RUNGS <= FLAG_LADDER_MASK + 1,
                 "a ladder's place fits");
  unsigned first = nargs != 0 ? classes >> 28 : CLASS_I64;

  if (classes != EACH_CLASS (nargs) * first)
    first = vectors | (classes & EACH_CLASS (nargs) * CLASS_OTHER) ? 0 : CLASS_U32;
  if (of_class[first] == 0 || of_result[code] == 0)
    return 0;
  return of_result[code] + of_class[first] - (nargs << FLAG_LADDER_SHIFT);
}

/* Finish CIF, whose arguments are ordinary scalars, SSES of them vectors; EXTRA are the
   bits of flags that tell of these.  */
static inline ffi_status
set_scalars (ffi_cif *cif, unsigned classes, unsigned sses, unsigned extra)
{
  cif->bytes = classes;
  cif->flags = extra | ffi_scalar_result[cif->rtype->type] | sses << FLAG_SSE_SHIFT
               | 4 << FLAG_ALIGN_SHIFT | FLAG_FAST
               | scalar_family (cif->nargs, sses) << FLAG_FAMILY_SHIFT;
  return FFI_OK;
}

/* Some are vectors and some are not.  */
static __attribute__ ((noinline)) ffi_status
set_mixed (ffi_cif *cif, unsigned classes, unsigned found)
{
  unsigned vectors, sses = 0;

  classes = ffi_separate_vectors (classes, found, &vectors);
  for (; found != 0; found &= found - 1)
    sses++;
  return set_scalars (cif, classes, sses, vectors << FLAG_VECTORS_SHIFT);
}

/* Most signatures are some ordinary scalars: these need only to be counted.  */
ffi_status
ffi_port_prep_cif (ffi_cif *cif, unsigned nfixed)
{
  const unsigned nargs = cif->nargs;
  unsigned classes;

  if (unlikely (cif->abi != FFI_UNIX64))
    return ffi_prep_win64 (cif, nfixed);
  if (unlikely (nargs > FAST_WORDS || cif->rtype == NULL
                || !ffi_is_scalar_or_void (cif->rtype)
                || !find_scalar_classes (cif, &classes)))
    return ffi_prep_unix64 (cif, nfixed);
  unsigned code = ffi_scalar_result[cif->rtype->type];
  unsigned found = find_vectors (classes, nargs);
  unsigned extra = ladder (code, classes, found, nargs);
  if (found == 0)
    return set_scalars (cif, classes, 0, extra);
  if (found != EACH_CLASS (nargs))
    return set_mixed (cif, classes, found);
  if (extra == 0)
    extra = ((1u << nargs) - 1) << FLAG_VECTORS_SHIFT;
  return set_scalars (cif, classes, nargs, extra);
}
