/* SPDX-License-Identifier: MIT */
/* Calls on i386: preparing a signature.  */

#include "classify.h"
#include "layout.h"
#include "port.h"

bool
ffi_port_has_abi (ffi_abi abi)
{
  return abi == FFI_SYSV || (abi >= FFI_THISCALL && abi < FFI_LAST_ABI);
}

/* The convention of a variadic function declared as ABI; FFI_LAST_ABI if there is no
   such thing.  */
static unsigned
variadic_convention (ffi_abi abi)
{
  switch (abi)
    {
    case FFI_STDCALL:
      return FFI_SYSV;
    case FFI_THISCALL:
    case FFI_FASTCALL:
      return VARIADIC_KEEPING;
    case FFI_PASCAL:
    case FFI_REGISTER:
      return FFI_LAST_ABI;
    default:
      return abi;
    }
}

static const unsigned char scalar_result[FFI_TYPE_LAST + 1] = {
  [FFI_TYPE_VOID] = RET_VOID,
  [FFI_TYPE_INT] = RET_I32,
  [FFI_TYPE_FLOAT] = RET_FLOAT,
  [FFI_TYPE_DOUBLE] = RET_DOUBLE,
  [FFI_TYPE_LONGDOUBLE] = RET_LONGDOUBLE,
  [FFI_TYPE_UINT8] = RET_U8,
  [FFI_TYPE_SINT8] = RET_S8,
  [FFI_TYPE_UINT16] = RET_U16,
  [FFI_TYPE_SINT16] = RET_S16,
  [FFI_TYPE_UINT32] = RET_I32,
  [FFI_TYPE_SINT32] = RET_I32,
  [FFI_TYPE_UINT64] = RET_I64,
  [FFI_TYPE_SINT64] = RET_I64,
  [FFI_TYPE_POINTER] = RET_I32,
};

/* The RET code of a result of TYPE.  */
static unsigned
result_code (const struct convention *convention, const ffi_type *type)
{
  static const unsigned char small[9]
      = { [1] = RET_BYTE, [2] = RET_HALF, [4] = RET_I32, [8] = RET_I64 };

  if (ffi_is_struct (type) && type->size == 2 && ffi_is_float16 (type))
    return convention->small != 0 ? RET_HALF : RET_FLOAT16;
  if (ffi_is_struct (type))
    return type->size <= 8 && small[type->size] != 0 && (convention->small & type->size)
               ? small[type->size]
               : RET_MEMORY;
  if (type->type == FFI_TYPE_COMPLEX)
    return type->size <= 8 ? small[type->size] : RET_MEMORY;
  return scalar_result[type->type];
}

/* Scalars: what their types look like, and the class by which ffi_call pushes them.  */
static const struct scalar
{
  uint32_t size;
  uint16_t alignment, class;
} scalars[FFI_TYPE_LAST + 1] = {
  [FFI_TYPE_INT] = { FFI_SCALAR (int), CLASS_WORD },
  [FFI_TYPE_FLOAT] = { FFI_SCALAR (float), CLASS_WORD },
  [FFI_TYPE_DOUBLE] = { FFI_SCALAR (double), CLASS_DOUBLE },
  [FFI_TYPE_LONGDOUBLE] = { FFI_SCALAR (long double), CLASS_LONGDOUBLE },
  [FFI_TYPE_UINT8] = { FFI_SCALAR (uint8_t), CLASS_U8 },
  [FFI_TYPE_SINT8] = { FFI_SCALAR (int8_t), CLASS_S8 },
  [FFI_TYPE_UINT16] = { FFI_SCALAR (uint16_t), CLASS_U16 },
  [FFI_TYPE_SINT16] = { FFI_SCALAR (int16_t), CLASS_S16 },
  [FFI_TYPE_UINT32] = { FFI_SCALAR (uint32_t), CLASS_WORD },
  [FFI_TYPE_SINT32] = { FFI_SCALAR (int32_t), CLASS_WORD },
  [FFI_TYPE_UINT64] = { FFI_SCALAR (uint64_t), CLASS_TWO },
  [FFI_TYPE_SINT64] = { FFI_SCALAR (int64_t), CLASS_TWO },
  [FFI_TYPE_POINTER] = { FFI_SCALAR (void *), CLASS_WORD },
};

/* Whether TYPE is the scalar S, without an attribute.  */
static inline bool
is_plain (const ffi_type *type, const struct scalar *s)
{
  return likely (type->size == s->size && type->alignment == s->alignment);
}

/* Whether an aggregate of TYPE begins with a double.  What is too large was not checked.
 */
static bool
begins_with_double (const ffi_type *type)
{
  while (type != NULL && (ffi_is_struct (type) || type->type == FFI_TYPE_COMPLEX))
    type = !ffi_is_struct (type) || ffi_looks_into (type) ? type->elements[0] : NULL;
  return type != NULL && type->type == FFI_TYPE_DOUBLE;
}

/* The class of an argument of TYPE, no scalar, that is passed by value; or 0 if it has
   none.  */
static unsigned
aggregate_class (const ffi_type *type)
{
  if (type->size == 0 || type->size % 4 != 0 || type->size > 16 || type->alignment > 4)
    return 0;
  if (type->size % 8 == 0 && begins_with_double (type))
    return type->size == 8 ? CLASS_DOUBLE : CLASS_DOUBLES;
  return CLASS_WORD - 1 + type->size / 4;
}

/* The class of any argument.  */
static unsigned
fast_class (const struct convention *convention, const ffi_type *type)
{
  if (scalars[type->type].class != 0)
    return scalars[type->type].class;
  if (ffi_is_by_address (convention, type))
    return CLASS_ADDRESS;
  return aggregate_class (type);
}

/* The arguments of a function as ffi_call wants to know them.  */
struct summary
{
  struct ffi_assign assign;
  unsigned words;   /* that are arguments */
  unsigned taken;   /* of these, in registers */
  unsigned classes; /* in the order in which they are pushed */
  unsigned mask;    /* of the first arguments, those in registers */
  unsigned first;  /* by register: arguments on the stack, pushed in a run of their own */
  bool only_words; /* all have CLASS_WORD */
  bool gap;        /* one before them is left unused */
  bool in_order;   /* those in registers come before all others */
  bool fast;       /* so far, all classes are in CLASSES */
  bool with_void;  /* one takes no place */
};

/* Take note of an argument of WORDS in LOC.  */
static void
note_location (struct summary *s, struct ffi_loc loc, unsigned words)
{
  s->words += words;
  if (loc.kind == LOC_GPR)
    {
      s->gap |= loc.gpr != s->assign.convention->regs[s->taken];
      s->taken++;
      s->in_order &= s->assign.nsaa == 0;
    }
}

/* Put CLASS, of argument I, where it comes when arguments are pushed: the last first,
   except what borland's conventions leave on the stack.  */
static void
note_class (struct summary *s, unsigned class, unsigned i, bool in_register)
{
  const struct convention *convention = s->assign.convention;

  if (!convention->left_to_right)
    s->classes = s->classes << 4 | class;
  else if (convention->count == 0)
    s->classes |= class << 4 * i;
  else if (in_register)
    s->classes = s->classes << 4 | class << RUN_SHIFT;
  else if (s->first < FIRST_RUN)
    s->classes |= class << 4 * s->first++;
  else
    s->fast = false;
}

static void
note_argument (struct summary *s, const ffi_type *type, unsigned i)
{
  if (type->type == FFI_TYPE_VOID)
    {
      s->with_void = true;
      return;
    }
  struct ffi_loc loc = ffi_port_next (&s->assign, type, ANY_CONVENTION);
  unsigned class = fast_class (s->assign.convention, type);

  note_location (s, loc, loc.by_address ? 1 : (type->size + 3) / 4);
  s->only_words &= class == CLASS_WORD;
  s->fast &= class != 0;
  if (loc.kind == LOC_GPR && i < SPLIT_ARGS)
    s->mask |= 1u << i;
  if (s->fast)
    note_class (s, class, i, loc.kind == LOC_GPR);
}

/* Whether Borland's register convention has left something on the stack.  */
static bool
two_runs (const struct summary *s)
{
  return s->assign.convention->count == REGS && s->assign.nsaa != 0;
}

/* Whether pushing an argument of CIF moves the stack pointer by more than a page at once.
 */
static FFI_COLD bool
skips_a_page (const ffi_cif *cif)
{
  for (unsigned i = 0; i < cif->nargs; i++)
    if (cif->arg_types[i]->size > FFI_UNPROBED)
      return true;
  return false;
}

/* The flags for ffi_call, or 0 if pushing the arguments of CIF is not all that is to
   do.  */
static unsigned
call_flags (const struct summary *s, const ffi_cif *cif, bool hidden)
{
  const struct convention *convention = s->assign.convention;
  unsigned stack = s->assign.nsaa / 4, flags = s->taken << FLAG_REGS_SHIFT;

  if (s->words != stack + s->taken || s->gap || s->with_void || s->assign.align > 16
      || (unlikely (s->assign.nsaa > FFI_UNPROBED) && skips_a_page (cif)))
    return 0;
  if (hidden)
    flags |= FLAG_MORE;
  if (convention->count == REGS)
    flags |= FLAG_EAX;
  if (convention->left_to_right && stack != 0)
    flags |= FLAG_LEFT_TO_RIGHT;
  if (!s->in_order || (two_runs (s) && !s->fast))
    return cif->nargs <= SPLIT_ARGS && s->assign.nsaa <= UINT16_MAX
                   && !(hidden && convention->left_to_right)
               ? flags | FLAG_TYPED | FLAG_SPLIT | FLAG_TWO_RUNS
               : 0;
  if (two_runs (s))
    flags |= FLAG_TWO_RUNS | FLAG_MORE;
  else if (s->only_words && (flags & FLAG_LEFT_TO_RIGHT) == 0)
    flags |= FLAG_WORDS;
  return flags | (s->fast ? FLAG_FAST | stack << FLAG_STACK_SHIFT : FLAG_TYPED);
}

ffi_status
ffi_port_prep_general (ffi_cif *cif, unsigned nfixed)
{
  unsigned index = nfixed != FFI_NOT_VARIADIC ? variadic_convention (cif->abi) : cif->abi;

  if (index == FFI_LAST_ABI)
    return FFI_BAD_ABI;
  const struct convention *convention = &ffi_conventions[index];
  unsigned code = result_code (convention, cif->rtype);
  bool hidden = code == RET_MEMORY;
  struct summary s = { .assign = { .convention = convention, .align = 16 },
                       .only_words = true,
                       .in_order = true,
                       .fast = cif->nargs <= FAST_ARGS };

  if (hidden && !convention->left_to_right)
    note_location (&s, ffi_port_sret (&s.assign), 1);
  for (unsigned i = 0; i < cif->nargs; i++)
    {
      note_argument (&s, cif->arg_types[i], i);
      if (s.assign.nsaa > FFI_MAX_ARG_SIZE)
        return FFI_BAD_TYPEDEF;
    }
  if (hidden && convention->left_to_right)
    {
      note_location (&s, ffi_port_sret (&s.assign), 1);
      s.in_order &= convention->count == 0;
    }
  if (convention->count == REGS && !two_runs (&s))
    s.classes >>= RUN_SHIFT;
  unsigned call = call_flags (&s, cif, hidden);
  cif->bytes = call & FLAG_FAST    ? s.classes
               : call & FLAG_SPLIT ? s.mask << 16 | s.assign.nsaa
                                   : s.assign.nsaa;
  cif->flags = code | index << FLAG_CONVENTION_SHIFT | call
               | (ffi_only_stack (convention) ? FLAG_ONLY_STACK : 0)
               | (unsigned) __builtin_ctzl (s.assign.align) << FLAG_ALIGN_SHIFT;
  return FFI_OK;
}

/* Whether TYPE is a complex number that needs no closer look.  */
static bool
is_plain_complex (const ffi_type *type)
{
  const ffi_type *part = type->elements != NULL ? type->elements[0] : NULL;

  return part != NULL && part->type >= FFI_TYPE_FLOAT && part->type <= FFI_TYPE_LONGDOUBLE
         && is_plain (part, &scalars[part->type]) && type->size == 2 * part->size
         && type->alignment == part->alignment;
}

static bool are_plain_elements (const ffi_type *type, const struct scalar *table,
                                unsigned depth);

/* Whether the struct TYPE, which nobody has checked, needs no closer look: no convention
   looks into it; or it consists of scalars, complex numbers and such structs, DEPTH in
   each other, and is as large as they need it.  TABLE is the address of scalars.  */
static inline bool
is_plain_struct (const ffi_type *type, const struct scalar *table, unsigned depth)
{
  return type->size - 1 < FFI_UNPROBED && type->elements != NULL && type->alignment < 16
         && ffi_valid_alignment (type->alignment)
         && (!ffi_looks_into (type) || are_plain_elements (type, table, depth));
}

static bool
are_plain_elements (const ffi_type *type, const struct scalar *table, unsigned depth)
{
  size_t left = type->size;

  for (ffi_type **element = type->elements; *element != NULL; element++)
    {
      const ffi_type *e = *element;
      if (e->type > FFI_TYPE_LAST || e->size - 1 >= left)
        return false;
      left -= e->size;
      if (likely (is_plain (e, &table[e->type])))
        continue;
      if (!(ffi_is_struct (e) && depth != 0 && is_plain_struct (e, table, depth - 1))
          && !(e->type == FFI_TYPE_COMPLEX && is_plain_complex (e)))
        return false;
    }
  return true;
}

/* Whether TYPE, which is no plain scalar, needs no closer look.  */
static inline bool
is_plain_aggregate (const ffi_type *type, const struct scalar *table)
{
  enum
  {
    DEPTH = 3
  };

  return ffi_is_struct (type) ? is_plain_struct (type, table, DEPTH)
                              : type->type == FFI_TYPE_COMPLEX && is_plain_complex (type);
}

enum
{
  NOT_PLAIN = 255 /* no class and no RET code */
};

/* The class of an argument of TYPE, which is no plain scalar and passed by value.  */
static __attribute__ ((noinline)) unsigned
plain_class (const ffi_type *type, const struct scalar *table)
{
  return is_plain_aggregate (type, table) ? aggregate_class (type) : NOT_PLAIN;
}

/* Arguments that are all on the stack, the last of them pushed first.  */
struct pushed
{
  unsigned classes;
  unsigned other; /* not 0: one has none or another than CLASS_WORD */
  unsigned words;
  bool fast; /* all have classes, in CLASSES */
};

/* Fill in P for the arguments of CIF.  False if one needs a closer look.  */
static inline bool
push_arguments (struct pushed *p, const ffi_cif *cif)
{
  const struct scalar *table = scalars;

  FFI_ONCE (table);
  for (ffi_type **t = cif->arg_types, **end = t + cif->nargs; t != end; t++)
    {
      const ffi_type *type = *t;
      if (unlikely (type == NULL || type->type > FFI_TYPE_LAST))
        return false;
      const struct scalar *s = &table[type->type];
      unsigned class = s->class;
      if (class == 0 || !is_plain (type, s))
        {
          class = plain_class (type, table);
          if (class == NOT_PLAIN)
            return false;
          p->fast &= class != 0;
        }
      p->other |= class ^ CLASS_WORD;
      p->classes = p->classes << 4 | class;
      p->words += (type->size + 3) / 4;
    }
  return true;
}

/* The RET code of a result of TYPE, which nobody has checked.  */
static inline unsigned
plain_result (const ffi_type *type, ffi_abi abi)
{
  if (type->type == FFI_TYPE_VOID)
    return type->size != 0 ? RET_VOID : NOT_PLAIN;
  if (scalars[type->type].class != 0)
    return is_plain (type, &scalars[type->type]) ? scalar_result[type->type] : NOT_PLAIN;
  return is_plain_aggregate (type, scalars) ? result_code (&ffi_conventions[abi], type)
                                            : NOT_PLAIN;
}

/* In the common case all arguments are on the stack, the last of them pushed first.  */
ffi_status
ffi_port_prep_cif (ffi_cif *cif, unsigned nfixed)
{
  const unsigned pushing = 1 << FFI_SYSV | 1 << FFI_STDCALL | 1 << FFI_MS_CDECL;
  const ffi_type *rtype = cif->rtype;
  struct pushed p = { .fast = cif->nargs <= FAST_ARGS };
  unsigned code;

  if (unlikely (nfixed != FFI_NOT_VARIADIC || cif->abi >= FFI_LAST_ABI
                || (pushing >> cif->abi & 1) == 0 || rtype == NULL
                || rtype->type > FFI_TYPE_LAST
                || (code = plain_result (rtype, cif->abi)) == NOT_PLAIN
                || !push_arguments (&p, cif)))
    return ffi_prep_checked (cif, nfixed);
  unsigned hidden = code == RET_MEMORY, stack = p.words + hidden;
  cif->flags = code | cif->abi << FLAG_CONVENTION_SHIFT | 4 << FLAG_ALIGN_SHIFT
               | FLAG_ONLY_STACK | hidden * FLAG_MORE | (p.other == 0 ? FLAG_WORDS : 0)
               | (likely (p.fast) ? FLAG_FAST | stack << FLAG_STACK_SHIFT : FLAG_TYPED);
  cif->bytes = likely (p.fast) ? p.classes : 4 * stack;
  return FFI_OK;
}
