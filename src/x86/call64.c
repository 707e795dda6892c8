/* SPDX-License-Identifier: MIT */
/* Calls by the System V psABI for AMD64: everything but the call itself; and the
   choice between the conventions.  */

#include "arch.h"
#include "internal64.h"
#include <string.h>

bool
ffi_arch_has_abi (ffi_abi abi)
{
  return abi > FFI_FIRST_ABI && abi < FFI_LAST_ABI;
}

const unsigned char ffi_scalar_result64[FFI_TYPE_LAST + 1] = {
  [FFI_TYPE_VOID] = RET64_VOID,       [FFI_TYPE_INT] = RET64_S32,
  [FFI_TYPE_FLOAT] = RET64_FLOAT,     [FFI_TYPE_DOUBLE] = RET64_DOUBLE,
  [FFI_TYPE_LONGDOUBLE] = RET64_X87,  [FFI_TYPE_UINT8] = RET64_U8,
  [FFI_TYPE_SINT8] = RET64_S8,        [FFI_TYPE_UINT16] = RET64_U16,
  [FFI_TYPE_SINT16] = RET64_S16,      [FFI_TYPE_UINT32] = RET64_U32,
  [FFI_TYPE_SINT32] = RET64_S32,      [FFI_TYPE_UINT64] = RET64_I64,
  [FFI_TYPE_SINT64] = RET64_I64,      [FFI_TYPE_POINTER] = RET64_I64,
  [FFI_TYPE_UINT128] = RET64_GPR_GPR, [FFI_TYPE_SINT128] = RET64_GPR_GPR,
};

/* The RET64 code, perhaps with FLAG64_PARTIAL, of a result of TYPE.  */
static unsigned
result_code (const ffi_type *type, enum place64 place)
{
  static const struct
  {
    unsigned char code, size;
  } by_place[] = {
    [PLACE_NONE] = { RET64_VOID, 0 },
    [PLACE_MEMORY] = { RET64_MEMORY, 0 },
    [PLACE_GPR] = { RET64_I64, 8 },
    [PLACE_SSE] = { RET64_DOUBLE, 8 },
    [PLACE_GPR_GPR] = { RET64_GPR_GPR, 16 },
    [PLACE_SSE_SSE] = { RET64_SSE_SSE, 16 },
    [PLACE_GPR_SSE] = { RET64_GPR_SSE, 16 },
    [PLACE_SSE_GPR] = { RET64_SSE_GPR, 16 },
    [PLACE_VECTOR16] = { RET64_VECTOR16, 16 },
    [PLACE_VECTOR32] = { RET64_VECTOR32, 32 },
    [PLACE_VECTOR64] = { RET64_VECTOR64, 64 },
    [PLACE_X87] = { RET64_X87, 16 },
    [PLACE_X87_X87] = { RET64_X87_X87, 32 },
  };

  if (ffi_scalar_result64[type->type] != 0)
    return ffi_scalar_result64[type->type];
  unsigned code = by_place[place].code;
  return type->size < by_place[place].size ? code | FLAG64_PARTIAL : code;
}

/* The class by which the assembly loads an argument of TYPE that travels in PLACE,
   or 0 if it has none.  */
static unsigned
fast_class (const ffi_type *type, enum place64 place)
{
  static const unsigned char scalar[FFI_TYPE_LAST + 1] = {
    [FFI_TYPE_INT] = CLASS64_S32,    [FFI_TYPE_FLOAT] = CLASS64_F32,
    [FFI_TYPE_DOUBLE] = CLASS64_F64, [FFI_TYPE_UINT8] = CLASS64_U8,
    [FFI_TYPE_SINT8] = CLASS64_S8,   [FFI_TYPE_UINT16] = CLASS64_U16,
    [FFI_TYPE_SINT16] = CLASS64_S16, [FFI_TYPE_UINT32] = CLASS64_U32,
    [FFI_TYPE_SINT32] = CLASS64_S32, [FFI_TYPE_UINT64] = CLASS64_I64,
    [FFI_TYPE_SINT64] = CLASS64_I64, [FFI_TYPE_POINTER] = CLASS64_I64,
  };

  if (scalar[type->type] != 0)
    return scalar[type->type];
  switch (place)
    {
    case PLACE_GPR:
      return type->size == 8 ? CLASS64_I64 : type->size == 4 ? CLASS64_U32 : 0;
    case PLACE_SSE:
      return type->size == 8 ? CLASS64_F64 : type->size == 4 ? CLASS64_F32 : 0;
    case PLACE_GPR_GPR:
      return type->size == 16 ? CLASS64_GPR_GPR : 0;
    case PLACE_SSE_SSE:
      return type->size == 16 ? CLASS64_SSE_SSE : 0;
    default:
      return 0;
    }
}

ffi_status
ffi_arch_prep_cif (ffi_cif *cif, unsigned nfixed)
{
  if (cif->abi != FFI_UNIX64)
    return ffi_prep_win64 (cif);

  enum place64 place = ffi_place64 (cif->rtype);
  unsigned code = result_code (cif->rtype, place);
  unsigned named = nfixed == cif->nargs || nfixed > NAMED64_ALL ? NAMED64_ALL : nfixed;
  bool fast = cif->nargs <= FAST_ARGS && code <= RET64_X87, words = code != RET64_MEMORY;
  unsigned flags, classes = 0;
  size_t offset = 0;

  cif->flags = named << FLAG64_NAMED_SHIFT;
  struct walk64 w = ffi_start_walk64 (cif);
  w.gprs = code == RET64_MEMORY;
  if (place >= PLACE_VECTOR16 && place <= PLACE_VECTOR64)
    w.wide = place - PLACE_VECTOR16 + 1;
  for (unsigned i = 0; i < cif->nargs; i++)
    {
      const ffi_type *type = cif->arg_types[i];
      place = ffi_next_place64 (&w, type, &offset);
      if (w.stack > FFI_MAX_ARG_SIZE)
        return FFI_BAD_TYPEDEF;
      if (fast)
        {
          unsigned class = place != PLACE_MEMORY ? fast_class (type, place) : 0;
          fast = class != 0;
          words = words && class == CLASS64_I64;
          classes |= class << 4 * i;
        }
    }
  flags = code | w.wide << FLAG64_WIDE_SHIFT | w.sses << FLAG64_SSE_SHIFT
          | (unsigned) __builtin_ctzl (w.align) << FLAG64_ALIGN_SHIFT;
  if (!fast)
    {
      flags |= named << FLAG64_NAMED_SHIFT;
      cif->bytes = FFI_ALIGN_UP (w.stack, w.align);
    }
  else
    {
      flags |= FLAG64_FAST;
      if (code == RET64_MEMORY)
        flags |= FLAG64_HIDDEN;
      else if (words)
        flags |= FLAG64_WORDS | cif->nargs << FLAG64_COUNT_SHIFT;
      cif->bytes = classes;
    }
  cif->flags = flags;
  return FFI_OK;
}

uint64_t
ffi_load_word64 (const ffi_type *type, const void *value)
{
  union
  {
    int8_t s8;
    int16_t s16;
    int32_t s32;
    uint64_t word;
  } u = { .word = 0 };

  memcpy (&u, value, type->size < 8 ? type->size : 8);
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
      return u.word;
    }
}

void
ffi_marshal64 (const ffi_cif *cif, void **avalue, struct regs64 *regs, char *stack,
               void *rvalue)
{
  struct walk64 w = ffi_start_walk64 (cif);
  size_t stride = cif->flags & FLAG64_WIDE_MASK ? WIDE_STRIDE : NARROW_STRIDE;

  if ((cif->flags & RET64_MASK) == RET64_MEMORY)
    regs->gpr[w.gprs++] = (uintptr_t) rvalue;
  for (unsigned i = 0; i < cif->nargs; i++)
    {
      const ffi_type *type = cif->arg_types[i];
      const char *value = avalue[i];
      uint64_t *gpr = &regs->gpr[w.gprs];
      char *sse = &regs->sse[w.sses * stride];
      size_t offset = 0;

      switch (ffi_next_place64 (&w, type, &offset))
        {
        case PLACE_GPR:
          *gpr = ffi_load_word64 (type, value);
          break;
        case PLACE_GPR_GPR:
          memcpy (gpr, value, 8);
          gpr[1] = 0;
          memcpy (&gpr[1], value + 8, type->size - 8);
          break;
        case PLACE_SSE:
          memcpy (sse, value, type->size < 8 ? type->size : 8);
          break;
        case PLACE_SSE_SSE:
          memcpy (sse, value, 8);
          memcpy (sse + stride, value + 8, type->size - 8);
          break;
        case PLACE_GPR_SSE:
          memcpy (gpr, value, 8);
          memcpy (sse, value + 8, type->size - 8);
          break;
        case PLACE_SSE_GPR:
          memcpy (sse, value, 8);
          *gpr = 0;
          memcpy (gpr, value + 8, type->size - 8);
          break;
        case PLACE_VECTOR16:
        case PLACE_VECTOR32:
        case PLACE_VECTOR64:
          memcpy (sse, value, type->size);
          break;
        case PLACE_MEMORY:
          if (ffi_place64 (type) == PLACE_GPR)
            *(uint64_t *) (stack + offset) = ffi_load_word64 (type, value);
          else
            memcpy (stack + offset, value, type->size);
          break;
        default: /* An empty struct.  */
          break;
        }
    }
}

static void
call (const ffi_cif *cif, void (*fn) (void), void *rvalue, void **avalue, void *chain)
{
  if (unlikely (cif->abi != FFI_UNIX64))
    ffi_call_win64 (cif, fn, rvalue, avalue, chain);
  else if (unlikely (cif->flags & FLAG64_WIDE_MASK))
    ffi_call_wide64 (cif, fn, rvalue, avalue, chain);
  else
    ffi_call_narrow64 (cif, fn, rvalue, avalue, chain);
}

/* The caller's room for the result is too small for whole registers, or absent.  */
static __attribute__ ((noinline)) void
call_with_buffer (const ffi_cif *cif, void (*fn) (void), void *rvalue, void **avalue,
                  void *chain)
{
  _Alignas(64) char registers[64];
  char *buffer = registers;

  if ((cif->flags & RET64_MASK) == RET64_MEMORY)
    {
      size_t align = cif->rtype->alignment;
      buffer = __builtin_alloca (cif->rtype->size + align);
      buffer += -(uintptr_t) buffer & (align - 1);
    }
  call (cif, fn, buffer, avalue, chain);
  if (rvalue != NULL)
    memcpy (rvalue, buffer, cif->rtype->size);
}

static void
call_chain (const ffi_cif *cif, void (*fn) (void), void *rvalue, void **avalue,
            void *chain)
{
  if (unlikely (rvalue == NULL || (cif->flags & FLAG64_PARTIAL)))
    call_with_buffer (cif, fn, rvalue, avalue, chain);
  else
    call (cif, fn, rvalue, avalue, chain);
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
