/* SPDX-License-Identifier: MIT */
/* Calls by the System V psABI for AMD64: everything but the call itself; and the
   choice between the conventions.  */

#include "port.h"
#include "internal.h"
#include "scalar.h"
#include <string.h>

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

/* The RET code, perhaps with FLAG_PARTIAL, of a result of TYPE, which is no
   scalar.  *WIDE is set as in struct walk.  */
static __attribute__ ((noinline)) unsigned
aggregate_result (const ffi_type *type, unsigned *wide)
{
  static const struct
  {
    unsigned char code, size;
  } by_place[] = {
    [PLACE_NONE] = { RET_VOID, 0 },
    [PLACE_MEMORY] = { RET_MEMORY, 0 },
    [PLACE_GPR] = { RET_I64, 8 },
    [PLACE_SSE] = { RET_DOUBLE, 8 },
    [PLACE_GPR_GPR] = { RET_GPR_GPR, 16 },
    [PLACE_SSE_SSE] = { RET_SSE_SSE, 16 },
    [PLACE_GPR_SSE] = { RET_GPR_SSE, 16 },
    [PLACE_SSE_GPR] = { RET_SSE_GPR, 16 },
    [PLACE_VECTOR16] = { RET_VECTOR16, 16 },
    [PLACE_VECTOR32] = { RET_VECTOR32, 32 },
    [PLACE_VECTOR64] = { RET_VECTOR64, 64 },
    [PLACE_X87] = { RET_X87, 16 },
    [PLACE_X87_X87] = { RET_X87_X87, 32 },
  };

  enum place place = ffi_place (type);
  unsigned code = by_place[place].code;

  if (place >= PLACE_VECTOR16 && place <= PLACE_VECTOR64)
    *wide = place - PLACE_VECTOR16 + 1;
  return type->size < by_place[place].size ? code | FLAG_PARTIAL : code;
}

static inline unsigned
result_code (const ffi_type *type, unsigned *wide)
{
  unsigned code = ffi_scalar_result[type->type];

  if (likely (code != 0 || type->type == FFI_TYPE_VOID))
    return code;
  return aggregate_result (type, wide);
}

/* --- Preparing a cif -------------------------------------------------------- */

/* What is known of the arguments so far.  */
struct prep
{
  struct walk walk;
  bool scalars;     /* every argument is an ordinary scalar */
  bool fast;        /* every argument has a class */
  bool mapped;      /* every argument is one run of words, aligned like words */
  unsigned classes; /* of the last 8 arguments, the last in the lowest bits */
};

static void
add_class (struct prep *p, unsigned class)
{
  p->fast &= class != 0;
  p->classes = p->classes << 4 | class;
}

static inline unsigned
is_vector (unsigned class)
{
  return VECTOR_CLASSES >> class & 1;
}

/* The class of each ordinary scalar.  */
static const unsigned char scalar_class[FFI_TYPE_LAST + 1] = {
  [FFI_TYPE_INT] = CLASS_S32,    [FFI_TYPE_FLOAT] = CLASS_F32,
  [FFI_TYPE_DOUBLE] = CLASS_F64, [FFI_TYPE_UINT8] = CLASS_U8,
  [FFI_TYPE_SINT8] = CLASS_S8,   [FFI_TYPE_UINT16] = CLASS_U16,
  [FFI_TYPE_SINT16] = CLASS_S16, [FFI_TYPE_UINT32] = CLASS_U32,
  [FFI_TYPE_SINT32] = CLASS_S32, [FFI_TYPE_UINT64] = CLASS_I64,
  [FFI_TYPE_SINT64] = CLASS_I64, [FFI_TYPE_POINTER] = CLASS_I64,
};

/* The class of an argument of TYPE, which is no ordinary scalar, in PLACE; or 0.  */
static unsigned
aggregate_class (const ffi_type *type, enum place place)
{
  switch (place)
    {
    case PLACE_GPR:
      return type->size == 8 ? CLASS_I64 : type->size == 4 ? CLASS_U32 : 0;
    case PLACE_SSE:
      return type->size == 8 ? CLASS_F64 : type->size == 4 ? CLASS_F32 : 0;
    case PLACE_GPR_GPR:
      return type->size == 16 ? CLASS_GPR_GPR : 0;
    case PLACE_SSE_SSE:
      return type->size == 16 ? CLASS_SSE_SSE : 0;
    default:
      return 0;
    }
}

/* Add an argument of TYPE.  */
static void
add_argument (struct prep *p, const ffi_type *type)
{
  size_t offset = 0;
  enum place place = ffi_next_place (&p->walk, type, &offset);
  unsigned class = scalar_class[type->type];

  if (class != 0)
    {
      add_class (p, place == PLACE_MEMORY && is_vector (class) ? 0 : class);
      return;
    }
  p->scalars = false;
  /* The handler of a struct with padding behind a register may write to that, too.  */
  if (place > PLACE_MEMORY)
    p->mapped &= ffi_alignment_of (type) <= 8 && place <= PLACE_SSE_SSE
                 && (type->size <= 8 || place >= PLACE_GPR_GPR);
  add_class (p, aggregate_class (type, place));
}

/* The family of specialised entries for closures whose arguments are up to FAST_WORDS
   ordinary scalars, SSES of them float or double; counted from 1.  */
static inline unsigned
scalar_family (unsigned nargs, unsigned sses)
{
  static const unsigned char of_gprs[FAST_WORDS + 1] = { 0, 1, 2, 3, 3, 4, 4, 5, 5 };
  static const unsigned char of_sses[FAST_WORDS + 1] = { 0, 0, 1, 2, 2, 3, 3, 3, 3 };

  if (sses == 0)
    return 1 + FAMILY_GPRS + of_gprs[nargs];
  if (sses == nargs)
    return 1 + FAMILY_SSES + of_sses[sses];
  return 1 + FAMILY_MAPPED + (nargs <= 4 ? 0 : nargs - sses <= 4 && sses <= 4 ? 1 : 2);
}

/* The same for any arguments; 0 if there is none.  */
static unsigned
fast_family (const struct prep *p, unsigned nargs, bool hidden)
{
  const struct walk *w = &p->walk;
  size_t stack = w->stack / 8;

  if (p->scalars && nargs <= FAST_WORDS && !hidden)
    return scalar_family (nargs, w->sses);
  /* One struct in adjacent registers.  */
  if (nargs == 1 && !hidden && stack == 0 && w->gprs + w->sses != 0 && p->mapped)
    return 1 + (w->sses != 0 ? FAMILY_SSES - 1 + w->sses : w->gprs);
  if (!p->mapped || nargs > MAP_SIZE || stack > 192 || w->align > 16)
    return 0;
  if (w->gprs > 4 || w->sses > 4 || nargs > 8)
    return 1 + FAMILY_MAPPED + 2;
  return 1 + FAMILY_MAPPED + (nargs > 4);
}

/* Has CIF an argument without a name that travels in memory for that reason?  */
static bool
has_unnamed_wide (const ffi_cif *cif, unsigned nfixed)
{
  for (unsigned i = nfixed; i < cif->nargs; i++)
    if (ffi_place (cif->arg_types[i]) >= PLACE_VECTOR32
        && ffi_place (cif->arg_types[i]) <= PLACE_VECTOR64)
      return true;
  return false;
}

/* The lowest bit of each of N classes, the first in the highest bits.  */
#define EACH_CLASS(n) ((unsigned) (0x1111111100000000u >> 4 * (n)))

/* The lowest bit of each vector's class among the CLASSES of N arguments, the first in
   the highest bits; see VECTOR_CLASSES.  */
static inline unsigned
find_vectors (unsigned classes, unsigned n)
{
  return ~(classes ^ classes >> 1) & ~(classes >> 2) & EACH_CLASS (n);
}

/* CLASSES with those of vectors, FOUND by find_vectors, before the others; *VECTORS gets
   a bit for each of them, by argument.  */
static unsigned
separate (unsigned classes, unsigned found, unsigned *vectors)
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

ffi_status
ffi_port_prep_general (ffi_cif *cif, unsigned nfixed)
{
  if (cif->abi != FFI_UNIX64)
    return ffi_prep_win64 (cif);
  struct prep p = {
    .walk.align = 16, .walk.named = nfixed, .scalars = true, .fast = true, .mapped = true
  };
  unsigned code = result_code (cif->rtype, &p.walk.wide), flags;
  bool hidden = code == RET_MEMORY;

  p.walk.gprs = hidden;
  for (unsigned i = 0; i < cif->nargs; i++)
    add_argument (&p, cif->arg_types[i]);
  if (p.walk.stack > FFI_MAX_ARG_SIZE)
    return FFI_BAD_TYPEDEF;
  flags = code | p.walk.wide << FLAG_WIDE_SHIFT | p.walk.sses << FLAG_SSE_SHIFT
          | (unsigned) __builtin_ctzl (p.walk.align) << FLAG_ALIGN_SHIFT
          | fast_family (&p, cif->nargs, hidden) << FLAG_FAMILY_SHIFT;
  if (p.fast && cif->nargs <= FAST_WORDS && p.walk.stack <= FAST_STACK && code <= RET_X87)
    {
      unsigned classes = (uint64_t) p.classes << 4 * (FAST_WORDS - cif->nargs);
      unsigned found = find_vectors (classes, cif->nargs), vectors;
      cif->bytes = separate (classes, found, &vectors);
      cif->flags = flags | FLAG_FAST | (hidden ? FLAG_HIDDEN : 0)
                   | vectors << FLAG_VECTORS_SHIFT;
    }
  else
    {
      if (has_unnamed_wide (cif, nfixed) && nfixed < FLAG_NAMED_LIMIT)
        flags |= FLAG_NAMED | nfixed << FLAG_NAMED_SHIFT;
      cif->flags = flags;
      cif->bytes = FFI_ALIGN_UP (p.walk.stack, p.walk.align);
    }
  return FFI_OK;
}

/* FLAG_LADDER and the ladder's place for NARGS words of CLASSES and a result of CODE,
   or 0.  */
static inline unsigned
ladder (unsigned code, unsigned classes, unsigned nargs)
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
  };
  static const uint32_t of_result[RET_COUNT] = {
    [RET_VOID] = RESULT (0),
    [RET_S32] = RESULT (1),
    [RET_I64] = RESULT (2),
    [RET_DOUBLE] = RESULT (3),
  };
  unsigned first = nargs != 0 ? classes >> 28 : CLASS_I64;

  if (of_class[first] == 0 || of_result[code] == 0
      || classes != EACH_CLASS (nargs) * first)
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

  classes = separate (classes, found, &vectors);
  for (; found != 0; found &= found - 1)
    sses++;
  return set_scalars (cif, classes, sses, vectors << FLAG_VECTORS_SHIFT);
}

/* Most signatures are some ordinary scalars: these need only to be counted.  */
ffi_status
ffi_port_prep_cif (ffi_cif *cif, unsigned nfixed)
{
  unsigned nargs = cif->nargs;
  uint64_t all = 0;

  if (unlikely (cif->abi != FFI_UNIX64 || nargs > FAST_WORDS || cif->rtype == NULL
                || !ffi_is_scalar_or_void (cif->rtype)))
    return ffi_prep_checked (cif, nfixed);
  for (unsigned i = 0; i < nargs; i++)
    {
      const ffi_type *type = cif->arg_types[i];
      if (unlikely (type == NULL || !ffi_is_scalar_value (type)))
        return ffi_prep_checked (cif, nfixed);
      unsigned class = scalar_class[type->type];
      if (unlikely (class == 0 || type->alignment > 8))
        return ffi_prep_checked (cif, nfixed);
      all = all << 4 | class;
    }
  unsigned code = ffi_scalar_result[cif->rtype->type];
  unsigned classes = all << 4 * (FAST_WORDS - nargs);
  unsigned found = find_vectors (classes, nargs), extra = ladder (code, classes, nargs);
  if (found == 0)
    return set_scalars (cif, classes, 0, extra);
  if (found != EACH_CLASS (nargs))
    return set_mixed (cif, classes, found);
  if (extra == 0)
    extra = ((1u << nargs) - 1) << FLAG_VECTORS_SHIFT;
  return set_scalars (cif, classes, nargs, extra);
}

/* --- Making a call ---------------------------------------------------------- */

uint64_t
ffi_load_word (const ffi_type *type, const void *value)
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
ffi_marshal (const ffi_cif *cif, void **avalue, struct regs *regs, char *stack,
             void *rvalue)
{
  struct walk w = ffi_start_walk (cif);
  size_t stride = cif->flags & FLAG_WIDE_MASK ? WIDE_STRIDE : NARROW_STRIDE;

  if ((cif->flags & RET_MASK) == RET_MEMORY)
    regs->gpr[w.gprs++] = (uintptr_t) rvalue;
  for (unsigned i = 0; i < cif->nargs; i++)
    {
      const ffi_type *type = cif->arg_types[i];
      const char *value = avalue[i];
      uint64_t *gpr = &regs->gpr[w.gprs];
      char *sse = &regs->sse[w.sses * stride];
      size_t offset = 0;

      switch (ffi_next_place (&w, type, &offset))
        {
        case PLACE_GPR:
          *gpr = ffi_load_word (type, value);
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
          if (ffi_place (type) == PLACE_GPR)
            *(uint64_t *) (stack + offset) = ffi_load_word (type, value);
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
    ffi_invoke_win64 (cif, fn, rvalue, avalue, chain);
  else if (unlikely (cif->flags & FLAG_WIDE_MASK))
    ffi_invoke_wide (cif, fn, rvalue, avalue, chain);
  else
    ffi_invoke_narrow (cif, fn, rvalue, avalue, chain);
}

/* The caller's room for the result is too small for whole registers, or absent.  */
static __attribute__ ((noinline)) void
call_with_buffer (const ffi_cif *cif, void (*fn) (void), void *rvalue, void **avalue,
                  void *chain)
{
  _Alignas(64) char few[128]; /* or whole registers */
  char *buffer = few;

  if ((cif->flags & RET_MASK) == RET_MEMORY
      && (cif->rtype->size > sizeof few || cif->rtype->alignment > 64))
    buffer = FFI_ROOM_FOR (cif->rtype);
  call (cif, fn, buffer, avalue, chain);
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
