/* SPDX-License-Identifier: MIT */
/* Preparing any signature of the System V psABI for AMD64.  */

#include "classify.h"
#include "fast_words.h"
#include "port.h"

/* What LOC, of a value in registers, adds to the flags' widest vector.  */
static inline unsigned
width_of (struct ffi_loc loc)
{
  return loc.kind == LOC_FPR && loc.size > 8 ? (unsigned) __builtin_ctz (loc.size) - 3
                                             : 0;
}

/* How a value of TYPE travels, which has not been checked, if it is plain; otherwise
   LOC_NONE.  */
static inline unsigned
plain_class (const ffi_type *type)
{
  static const uint32_t of_complex[FFI_TYPE_LAST + 1] = {
    [FFI_TYPE_FLOAT] = IN_SSE,
    [FFI_TYPE_DOUBLE] = IN_SSE_SSE,
    [FFI_TYPE_LONGDOUBLE] = LOC_X87_X87,
  };

  if (type->type == FFI_TYPE_LONGDOUBLE)
    return ffi_is_scalar_value (type) ? LOC_X87 : LOC_NONE;
  if (type->elements == NULL)
    return LOC_NONE;
  if (type->type == FFI_TYPE_STRUCT)
    {
      if (type->size - 1 < 16)
        return ffi_classify_small (type);
      return type->size - 1 < FFI_MAX_ARG_SIZE && ffi_valid_alignment (type->alignment)
                     && !ffi_port_looks_into (type)
                 ? IN_MEMORY
                 : LOC_NONE;
    }
  const ffi_type *part = type->elements[0];
  return type->type == FFI_TYPE_COMPLEX && part != NULL && ffi_is_scalar (part)
                 && type->size == 2 * part->size && ffi_valid_alignment (type->alignment)
             ? of_complex[part->type]
             : LOC_NONE;
}

/* Check a result or an argument of TYPE by CHECK, lay it out, and store at *CLASS how it
   travels.  *STRUCTS as for ffi_check_argument.  */
static inline ffi_status
check_and_classify (ffi_type *type, unsigned *structs,
                    ffi_status (*check) (ffi_type *, unsigned *), unsigned *class)
{
  *class = likely (type != NULL) ? plain_class (type) : LOC_NONE;
  if (likely (*class != LOC_NONE))
    return FFI_OK;
  ffi_status status = check (type, structs);
  if (status == FFI_OK)
    *class = ffi_classify (type);
  return status;
}

/* The RET code, perhaps with FLAG_PARTIAL, of a result of TYPE, which is no scalar and
   has CLASS.  *WIDE is set as in the flags.  */
static unsigned
aggregate_result (const ffi_type *type, unsigned class, unsigned *wide)
{
  unsigned code = RET_VOID, size = 0;

#define RESULT(of_class, result, bytes)                                                  \
  case of_class:                                                                         \
    code = result;                                                                       \
    size = bytes;                                                                        \
    break;
  switch (class)
    {
      RESULT (IN_MEMORY, RET_MEMORY, 0)
      RESULT (IN_GPR, RET_I64, 8)
      RESULT (IN_SSE, RET_DOUBLE, 8)
      RESULT (IN_GPR_GPR, RET_GPR_GPR, 16)
      RESULT (IN_SSE_SSE, RET_SSE_SSE, 16)
      RESULT (IN_GPR_SSE, RET_GPR_SSE, 16)
      RESULT (IN_SSE_GPR, RET_SSE_GPR, 16)
      RESULT (IN_VECTOR (16), RET_VECTOR16, 16)
      RESULT (IN_VECTOR (32), RET_VECTOR32, 32)
      RESULT (IN_VECTOR (64), RET_VECTOR64, 64)
      RESULT (LOC_X87, RET_X87, 16)
      RESULT (LOC_X87_X87, RET_X87_X87, 32)
    }
#undef RESULT
  *wide = width_of (ffi_loc_of (class));
  return type->size < size ? code | FLAG_PARTIAL : code;
}

/* Check the result's TYPE; its RET code to *CODE, and *WIDE is set as in the flags.  */
static inline ffi_status
check_result_code (ffi_type *type, unsigned *structs, unsigned *code, unsigned *wide)
{
  unsigned class;

  if (likely (type != NULL && ffi_is_scalar_or_void (type)))
    {
      *code = ffi_scalar_result[type->type];
      return FFI_OK;
    }
  ffi_status status = check_and_classify (type, structs, ffi_check_result, &class);
  if (status == FFI_OK)
    *code = class == IN_MEMORY ? RET_MEMORY : aggregate_result (type, class, wide);
  return status;
}

/* What is known of the arguments so far.  */
struct prep
{
  struct ffi_assign assign;
  unsigned wide;  /* as in the flags */
  bool scalars;   /* every argument is an ordinary scalar */
  bool fast;      /* every argument has a class */
  bool mapped;    /* every argument is one run of words, aligned like words, or joined */
  unsigned joins; /* arguments in one register of each sort */
  unsigned classes; /* of the last 8 arguments, the last in the lowest bits */
};

FFI_INLINE void
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

/* The class of an argument of TYPE, which is no ordinary scalar, in LOC; or 0.  */
FFI_INLINE unsigned
aggregate_class (const ffi_type *type, struct ffi_loc loc)
{
  unsigned count = loc.count;

  if (loc.kind == LOC_GPR)
    return count == 2        ? (type->size == 16 ? CLASS_GPR_GPR : 0)
           : type->size == 8 ? CLASS_I64
           : type->size == 4 ? CLASS_U32
                             : 0;
  if (loc.kind == LOC_FPR && loc.size == 8)
    return count == 2        ? (type->size == 16 ? CLASS_SSE_SSE : 0)
           : type->size == 8 ? CLASS_F64
           : type->size == 4 ? CLASS_F32
                             : 0;
  return 0;
}

/* Whether the registers of a value in LOC are next to each other in a fast entry's frame,
   and what it has beyond them is nobody's.  The handler of a struct with padding behind a
   register may write to that, too.  */
FFI_INLINE bool
is_one_run (const ffi_type *type, struct ffi_loc loc)
{
  return ffi_alignment_of (type) <= 8 && !loc.padded
         && (loc.kind == LOC_GPR || (loc.kind == LOC_FPR && loc.size == 8));
}

/* Whether a fast entry puts a value in LOC together.  */
FFI_INLINE bool
is_joined (struct ffi_loc loc)
{
  return loc.kind == LOC_GPR_FPR || loc.kind == LOC_FPR_GPR;
}

/* Add an ordinary scalar of CLASS.  */
FFI_INLINE void
add_scalar (struct prep *p, unsigned class)
{
  if (is_vector (class))
    {
      if (likely (p->assign.nsrn < SSES))
        p->assign.nsrn++;
      else
        {
          p->assign.nsaa += 8;
          class = 0;
        }
    }
  else if (likely (p->assign.ngrn < GPRS))
    p->assign.ngrn++;
  else
    p->assign.nsaa += 8;
  add_class (p, class);
}

/* Add an argument of TYPE, which is no ordinary scalar and has CLASS; NAMED: the
   function's declaration has it.  */
FFI_INLINE void
add_other (struct prep *p, const ffi_type *type, unsigned class, bool named)
{
  struct ffi_loc loc = ffi_next_unix64 (&p->assign, type, class, named);
  unsigned wide = width_of (loc);

  p->scalars = false;
  if (wide > p->wide)
    p->wide = wide;
  if (loc.kind != LOC_STACK && loc.kind != LOC_NONE)
    {
      bool joined = is_joined (loc);
      p->joins += joined;
      p->mapped &= joined ? type->alignment <= 8 : is_one_run (type, loc);
    }
  add_class (p, aggregate_class (type, loc));
}

/* The family for any arguments, counted from 1; 0 if there is none.  */
FFI_INLINE unsigned
fast_family (const struct prep *p, unsigned nargs, bool hidden)
{
  const struct ffi_assign *a = &p->assign;
  size_t stack = a->nsaa / 8;

  if (p->scalars && nargs <= FAST_WORDS && !hidden)
    return scalar_family (nargs, a->nsrn);
  if (!p->mapped || nargs > MAP_SIZE || stack > MAPPED_WORDS || a->align > 16)
    return 0;
  if (p->joins != 0)
    return p->joins <= JOINS && nargs <= JOINED_ARGS ? 1 + FAMILY_JOINED : 0;
  /* One struct in adjacent registers.  */
  if (nargs == 1 && !hidden && stack == 0 && a->ngrn + a->nsrn != 0)
    return 1 + (a->nsrn != 0 ? FAMILY_SSES - 1 + a->nsrn : a->ngrn);
  if (a->ngrn > 4 || a->nsrn > 4 || nargs > 8)
    return 1 + FAMILY_MAPPED + 2;
  return 1 + FAMILY_MAPPED + (nargs > 4);
}

/* Whether CIF has an argument without a name that travels in memory for that reason.  */
static bool
has_unnamed_wide (const ffi_cif *cif, unsigned nfixed)
{
  for (unsigned i = nfixed; i < cif->nargs; i++)
    if (width_of (ffi_loc_of (ffi_classify (cif->arg_types[i]))) > 1)
      return true;
  return false;
}

ffi_status
ffi_prep_unix64 (ffi_cif *cif, unsigned nfixed)
{
  struct prep p = { .scalars = true, .fast = true, .mapped = true };
  unsigned structs = FFI_MAX_STRUCTS;
  unsigned code, flags;
  ffi_status status = check_result_code (cif->rtype, &structs, &code, &p.wide);

  if (status != FFI_OK)
    return status;
  bool hidden = code == RET_MEMORY;

  cif->flags = code;
  ffi_port_start (&p.assign, cif, UNIX64);
  if (hidden)
    ffi_port_sret (&p.assign);
  for (unsigned i = 0; i < cif->nargs; i++)
    {
      ffi_type *type = cif->arg_types[i];
      unsigned class = type != NULL && ffi_is_scalar_value (type)
                           ? ffi_scalar_class[type->type]
                           : 0;
      if (likely (class != 0))
        {
          add_scalar (&p, class);
          continue;
        }
      status = check_and_classify (type, &structs, ffi_check_argument, &class);
      if (status != FFI_OK)
        return status;
      if (class == IN_MEMORY || class == LOC_X87 || class == LOC_X87_X87)
        {
          p.scalars = p.fast = false;
          ffi_next_stack (&p.assign, type);
        }
      else
        add_other (&p, type, class, i < nfixed);
    }
  if (p.assign.nsaa > FFI_MAX_ARG_SIZE)
    return FFI_BAD_TYPEDEF;
  flags = code | p.wide << FLAG_WIDE_SHIFT | p.assign.nsrn << FLAG_SSE_SHIFT
          | (unsigned) __builtin_ctzl (p.assign.align) << FLAG_ALIGN_SHIFT
          | fast_family (&p, cif->nargs, hidden) << FLAG_FAMILY_SHIFT;
  if (p.fast && cif->nargs <= FAST_WORDS && p.assign.nsaa <= FAST_STACK
      && (code & RET_MASK) <= RET_X87_X87)
    {
      unsigned classes = (uint64_t) p.classes << 4 * (FAST_WORDS - cif->nargs);
      unsigned found = find_vectors (classes, cif->nargs), vectors;
      cif->bytes = separate_vectors (classes, found, cif->nargs, &vectors);
      cif->flags
          = flags | FLAG_FAST | (hidden ? FLAG_SRET : 0) | vectors << FLAG_VECTORS_SHIFT;
    }
  else
    {
      if (has_unnamed_wide (cif, nfixed) && nfixed < FLAG_NAMED_LIMIT)
        flags |= FLAG_NAMED | nfixed << FLAG_NAMED_SHIFT;
      cif->flags = flags;
      cif->bytes = FFI_ALIGN_UP (p.assign.nsaa, p.assign.align);
    }
  return FFI_OK;
}
