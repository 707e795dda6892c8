/* SPDX-License-Identifier: MIT */
/* Calls by the Procedure Call Standard for AArch64: everything but the call
   itself.  */

#include "port.h"
#include "internal.h"
#include "scalar.h"
#include <string.h>

bool
ffi_port_has_abi (ffi_abi abi)
{
  return abi == FFI_SYSV || abi == FFI_WIN64;
}

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
_Static_assert(CLASS_U8 == RET_U8 && CLASS_S8 == RET_S8 && CLASS_U16 == RET_U16
                   && CLASS_S16 == RET_S16 && CLASS_U32 == RET_U32 && CLASS_S32 == RET_S32
                   && CLASS_I64 == RET_I64,
               "classes of integers");

/* The RET code, perhaps with FLAG_PARTIAL, of a result of TYPE.  */
static unsigned
result_code (const ffi_type *type)
{
  unsigned class = scalar_class[type->type];

  if (class != 0)
    return class == CLASS_F32 ? RET_FLOAT : class == CLASS_F64 ? RET_DOUBLE : class;
  struct place place = ffi_place (type);
  switch (place.kind)
    {
    case IN_WORDS:
      return (place.count == 1 ? RET_I64 : RET_GPR_GPR)
             | (type->size < 8 * place.count ? FLAG_PARTIAL : 0);
    case IN_FPRS:
      return (place.size == 4   ? RET_FLOAT
              : place.size == 8 ? RET_DOUBLE
                                : RET_QUAD)
             + place.count - 1;
    case BY_REFERENCE:
      return RET_MEMORY;
    default:
      return RET_VOID;
    }
}

/* The class by which the assembly loads an argument of TYPE that travels in PLACE,
   or 0 if it has none.  */
static unsigned
fast_class (const ffi_type *type, struct place place)
{
  unsigned class = scalar_class[type->type];

  if (class != 0 && (place.kind == IN_FPRS || class <= CLASS_I64))
    return class;
  if (place.kind == IN_WORDS && ffi_alignment_of (type) <= 8 && type->size % 8 == 0)
    return place.count == 1 ? CLASS_I64 : CLASS_GPR_GPR;
  if (place.kind == IN_FPRS && place.count == 1)
    return place.size == 4 ? CLASS_F32 : place.size == 8 ? CLASS_F64 : 0;
  if (place.kind == IN_FPRS && place.count == 2 && place.size == 8)
    return CLASS_F64_F64;
  return 0;
}

/* Flags of a cif for which FLAG_FAST is true, and whose arguments may be WORDS only.  */
static unsigned
fast_flags (const ffi_cif *cif, bool words)
{
  return FLAG_FAST | (words ? FLAG_WORDS | cif->nargs << FLAG_COUNT_SHIFT : 0);
}

/* The common case: no more scalars than there are registers of either kind, checked or
   not.  CODE is the result's.  False if it is another.  */
static inline bool
prep_scalars (ffi_cif *cif, unsigned code)
{
  unsigned classes = 0, floating = 0, others = 0;

  if (cif->nargs > FAST_ARGS || (code & FLAG_PARTIAL) != 0)
    return false;
  for (unsigned i = 0; i < cif->nargs; i++)
    {
      const ffi_type *type = cif->arg_types[i];
      if (type == NULL || !ffi_is_scalar_value (type))
        return false;
      unsigned class = scalar_class[type->type];
      if (class == 0 || type->alignment > 8)
        return false;
      floating |= class > CLASS_I64;
      others |= class ^ CLASS_I64;
      classes |= class << 4 * i;
    }
  cif->bytes = classes;
  cif->flags = code | (floating ? FLAG_FPRS : 0) | fast_flags (cif, others == 0);
  return true;
}

ffi_status
ffi_port_prep_cif (ffi_cif *cif, unsigned nfixed)
{
  const ffi_type *rtype = cif->rtype;

  if (cif->abi == FFI_DEFAULT_ABI && rtype != NULL && ffi_is_scalar_or_void (rtype)
      && prep_scalars (cif, result_code (rtype)))
    return FFI_OK;
  return ffi_prep_checked (cif, nfixed);
}

ffi_status
ffi_port_prep_general (ffi_cif *cif, unsigned nfixed)
{
  unsigned code = result_code (cif->rtype), classes = 0;
  struct walk w = { .no_fprs = cif->abi == FFI_WIN64 && nfixed != FFI_NOT_VARIADIC };

  if (!w.no_fprs && prep_scalars (cif, code))
    return FFI_OK;
  bool fast = cif->nargs <= FAST_ARGS && (code & FLAG_PARTIAL) == 0, words = true;
  size_t at;

  for (unsigned i = 0; i < cif->nargs; i++)
    {
      struct place place = ffi_next_place (&w, cif->arg_types[i], &at);
      if (w.stack + w.copies > FFI_MAX_ARG_SIZE)
        return FFI_BAD_TYPEDEF;
      if (fast)
        {
          unsigned class = w.stack + w.copies == 0 ? fast_class (cif->arg_types[i], place)
                                                   : 0;
          fast = class != 0;
          words = words && class == CLASS_I64;
          classes |= class << 4 * i;
        }
    }
  cif->bytes = fast ? classes : FFI_ALIGN_UP (w.stack, (size_t) 16) + w.copies;
  cif->flags = code | (w.fprs != 0 ? FLAG_FPRS : 0) | (w.no_fprs ? FLAG_NO_FPRS : 0);
  if (fast)
    cif->flags |= fast_flags (cif, words);
  return FFI_OK;
}

/* The scalar of TYPE and at most 8 bytes at VALUE, which need not be aligned, in the
   low part of a word; integers are widened as the compilers do for an argument.  */
static uint64_t
load_scalar (const ffi_type *type, const void *value)
{
  union
  {
    int8_t s8;
    int16_t s16;
    int32_t s32;
    uint8_t u8;
    uint16_t u16;
    uint32_t u32;
    uint64_t u64;
  } u;

  memcpy (&u, value, type->size);
  switch (type->type)
    {
    case FFI_TYPE_SINT8:
      return u.s8;
    case FFI_TYPE_SINT16:
      return u.s16;
    case FFI_TYPE_INT:
    case FFI_TYPE_SINT32:
      return u.s32;
    default:
      return type->size == 1   ? u.u8
             : type->size == 2 ? u.u16
             : type->size == 4 ? u.u32
                               : u.u64;
    }
}

static bool
is_aggregate (const ffi_type *type)
{
  return type->type == FFI_TYPE_STRUCT || type->type == FFI_TYPE_COMPLEX;
}

/* Store a value of TYPE in whole words.  */
static void
store_words (char *to, const ffi_type *type, const char *value)
{
  if (type->size <= 8 && !is_aggregate (type))
    *(uint64_t *) to = load_scalar (type, value);
  else
    memcpy (to, value, type->size);
}

/* Store COUNT members of SIZE bytes in vector registers from FPR on.  */
static void
store_fprs (char (*fpr)[FPR_SIZE], unsigned count, unsigned size, const char *value)
{
  for (unsigned i = 0; i < count; i++)
    memcpy (fpr[i] + LOW_PART (FPR_SIZE, size), value + i * size, size);
}

void
ffi_marshal (const ffi_cif *cif, void **avalue, struct regs *regs, char *top)
{
  struct walk w = { .no_fprs = cif->flags & FLAG_NO_FPRS };
  size_t at;

  for (unsigned i = 0; i < cif->nargs; i++)
    {
      const ffi_type *type = cif->arg_types[i];
      struct place place = ffi_next_place (&w, type, &at);

      switch (place.kind)
        {
        case IN_NOTHING:
          break;
        case IN_WORDS:
          store_words (regs->words + at, type, avalue[i]);
          break;
        case IN_FPRS:
          store_fprs (&regs->fpr[at], place.count, place.size, avalue[i]);
          break;
        case BY_REFERENCE:
          top -= type->size;
          top -= (uintptr_t) top & (type->alignment - 1);
          memcpy (top, avalue[i], type->size);
          *(char **) (regs->words + at) = top;
          break;
        }
    }
}

/* The bytes that the arguments of CIF need beyond registers.  */
static size_t
argument_bytes (const ffi_cif *cif)
{
  return cif->flags & FLAG_FAST ? 0 : cif->bytes;
}

/* The caller's room for the result is too small for whole registers, or absent.  */
static __attribute__ ((noinline)) void
call_with_buffer (const ffi_cif *cif, void (*fn) (void), void *rvalue, void **avalue,
                  void *chain)
{
  _Alignas(16) char few[128]; /* or whole registers */
  char *buffer = few;

  if ((cif->flags & RET_MASK) == RET_MEMORY
      && (cif->rtype->size > sizeof few || cif->rtype->alignment > 16))
    buffer = FFI_ROOM_FOR (cif->rtype);
  ffi_invoke (cif, fn, buffer, avalue, chain, argument_bytes (cif));
  if (rvalue != NULL)
    memcpy (rvalue, buffer, cif->rtype->size);
}

static void
call_chain (const ffi_cif *cif, void (*fn) (void), void *rvalue, void **avalue,
            void *chain)
{
  if (unlikely (rvalue == NULL || (cif->flags & FLAG_PARTIAL)))
    call_with_buffer (cif, fn, rvalue, avalue, chain);
  else
    ffi_invoke (cif, fn, rvalue, avalue, chain, argument_bytes (cif));
}

/* What ffi_call cannot do itself.  */
void
ffi_call_general (ffi_cif *cif, void (*fn) (void), void *rvalue, void **avalue)
{
  call_chain (cif, fn, rvalue, avalue, NULL);
}

void
ffi_call_go (ffi_cif *cif, void (*fn) (void), void *rvalue, void **avalue, void *closure)
{
  call_chain (cif, fn, rvalue, avalue, closure);
}
