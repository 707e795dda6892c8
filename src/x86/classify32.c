/* SPDX-License-Identifier: MIT */
/* The calling conventions of i386, and where they put arguments.

   cdecl, stdcall, thiscall and fastcall are as GCC has them on Linux: psABI for
   i386, and for registers GCC's attributes.  pascal and register are Borland's, as
   in Delphi: aggregates larger than a word are passed by address, those of 1, 2 and
   4 bytes are returned in eax, and for others the result's address is passed after
   the declared arguments.  */

#include "arch.h"
#include "internal32.h"

/* FFI_FIRST_ABI and the number after FFI_SYSV are nobody's: the second is a variadic
   function that would be thiscall or fastcall, of which GCC makes cdecl, but leaves
   the hidden pointer to the caller.  */
enum
{
  VARIADIC_KEEPING = FFI_SYSV + 1,
  SMALL_BORLAND = 1 | 2 | 4,
  SMALL_MICROSOFT = 1 | 2 | 4 | 8
};

const struct convention32 ffi_conventions32[FFI_LAST_ABI] = {
  [FFI_SYSV] = { .chain = ECX, .pops_hidden = true },
  [VARIADIC_KEEPING] = { .chain = EAX },
  [FFI_THISCALL] = { .count = 1, .regs = { ECX }, .chain = EAX, .pops = true },
  [FFI_FASTCALL] = { .count = 2, .regs = { ECX, EDX }, .chain = EAX, .pops = true },
  [FFI_STDCALL] = { .chain = ECX, .pops = true },
  [FFI_PASCAL] = { .chain = ECX,
                   .descending = true,
                   .by_address = true,
                   .pops = true,
                   .small = SMALL_BORLAND },
  [FFI_REGISTER] = { .count = 3,
                     .regs = { EAX, EDX, ECX },
                     .chain = -1,
                     .descending = true,
                     .by_address = true,
                     .pops = true,
                     .small = SMALL_BORLAND },
  [FFI_MS_CDECL] = { .chain = ECX, .small = SMALL_MICROSOFT },
};

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

static bool
is_aggregate (const ffi_type *type)
{
  return type->type == FFI_TYPE_STRUCT;
}

/* Is a value of TYPE a floating-point number for GCC, even if wrapped in structs that
   are no larger than that?  */
static bool
is_floating (const ffi_type *type)
{
  switch (type->type)
    {
    case FFI_TYPE_FLOAT:
    case FFI_TYPE_DOUBLE:
    case FFI_TYPE_LONGDOUBLE:
    case FFI_TYPE_COMPLEX:
      return true;
    case FFI_TYPE_STRUCT:
      if (type->size > FFI_MAX_CLASSIFIED)
        return false;
      for (ffi_type **element = type->elements; *element != NULL; element++)
        if ((*element)->size == type->size && is_floating (*element))
          return true;
      return false;
    default:
      return false;
    }
}

/* An argument's alignment on the stack is that of a word, except for structs that
   contain a scalar which wants at least 16.  The attribute of the struct itself
   or of a member is not enough.  */
static bool
contains_aligned (const ffi_type *type)
{
  if (type->alignment < 16 || type->type == FFI_TYPE_LONGDOUBLE)
    return false;
  if (type->type != FFI_TYPE_STRUCT)
    return true;
  if (type->size <= FFI_MAX_CLASSIFIED)
    for (ffi_type **element = type->elements; *element != NULL; element++)
      if (contains_aligned (*element))
        return true;
  return false;
}

size_t
ffi_stack_alignment32 (const ffi_type *type)
{
  return is_aggregate (type) && contains_aligned (type) ? type->alignment : 4;
}

/* Look for a register for a value of TYPE in SIZE bytes; -1 if it gets none.  Under
   GCC's conventions 64-bit integers and aggregates use up registers as well, although
   they travel on the stack.  */
static int
take_register (struct walk32 *w, const ffi_type *type, size_t size, bool by_address)
{
  const struct convention32 *convention = w->convention;

  if (w->regs >= convention->count)
    return -1;
  if (by_address || (size == 4 && !is_aggregate (type) && !is_floating (type)))
    return convention->regs[w->regs++];
  if (!convention->descending && !is_floating (type))
    w->regs += size / 4;
  return -1;
}

struct place32
ffi_next_place32 (struct walk32 *w, const ffi_type *type)
{
  struct place32 place;
  size_t align = 4;

  place.by_address = w->convention->by_address && is_aggregate (type) && type->size > 4;
  place.size = place.by_address ? 4 : FFI_ALIGN_UP (type->size, (size_t) 4);
  place.offset = 0;
  place.reg = take_register (w, type, place.size, place.by_address);
  if (place.reg >= 0)
    return place;
  if (!w->convention->descending)
    align = ffi_stack_alignment32 (type);
  if (align > w->align)
    w->align = align;
  place.offset = FFI_ALIGN_UP (w->stack, align);
  w->stack = place.offset + place.size;
  return place;
}

struct place32
ffi_hidden_place32 (struct walk32 *w)
{
  static const ffi_type pointer = { 4, 4, FFI_TYPE_POINTER, NULL };

  return ffi_next_place32 (w, &pointer);
}

/* The RET32 code of a result of TYPE.  */
static unsigned
result_code (const struct convention32 *convention, const ffi_type *type)
{
  static const unsigned char scalar[FFI_TYPE_LAST + 1] = {
    [FFI_TYPE_VOID] = RET32_VOID,
    [FFI_TYPE_INT] = RET32_I32,
    [FFI_TYPE_FLOAT] = RET32_FLOAT,
    [FFI_TYPE_DOUBLE] = RET32_DOUBLE,
    [FFI_TYPE_LONGDOUBLE] = RET32_LONGDOUBLE,
    [FFI_TYPE_UINT8] = RET32_U8,
    [FFI_TYPE_SINT8] = RET32_S8,
    [FFI_TYPE_UINT16] = RET32_U16,
    [FFI_TYPE_SINT16] = RET32_S16,
    [FFI_TYPE_UINT32] = RET32_I32,
    [FFI_TYPE_SINT32] = RET32_I32,
    [FFI_TYPE_UINT64] = RET32_I64,
    [FFI_TYPE_SINT64] = RET32_I64,
    [FFI_TYPE_POINTER] = RET32_I32,
  };
  static const unsigned char small[9]
      = { [1] = RET32_BYTE, [2] = RET32_HALF, [4] = RET32_I32, [8] = RET32_I64 };

  if (is_aggregate (type))
    return type->size <= 8 && small[type->size] != 0 && (convention->small & type->size)
               ? small[type->size]
               : RET32_MEMORY;
  if (type->type == FFI_TYPE_COMPLEX)
    return type->size == 8 ? RET32_I64 : RET32_MEMORY;
  return scalar[type->type];
}

/* The classes by which ffi_call pushes scalars.  */
static const unsigned char scalar_class[FFI_TYPE_LAST + 1] = {
  [FFI_TYPE_INT] = CLASS32_WORD,      [FFI_TYPE_FLOAT] = CLASS32_WORD,
  [FFI_TYPE_DOUBLE] = CLASS32_DOUBLE, [FFI_TYPE_LONGDOUBLE] = CLASS32_LONGDOUBLE,
  [FFI_TYPE_UINT8] = CLASS32_U8,      [FFI_TYPE_SINT8] = CLASS32_S8,
  [FFI_TYPE_UINT16] = CLASS32_U16,    [FFI_TYPE_SINT16] = CLASS32_S16,
  [FFI_TYPE_UINT32] = CLASS32_WORD,   [FFI_TYPE_SINT32] = CLASS32_WORD,
  [FFI_TYPE_UINT64] = CLASS32_TWO,    [FFI_TYPE_SINT64] = CLASS32_TWO,
  [FFI_TYPE_POINTER] = CLASS32_WORD,
};

/* The class of an argument of TYPE, or 0 if it has none.  */
static unsigned
fast_class (const struct convention32 *convention, const ffi_type *type)
{
  if (scalar_class[type->type] != 0)
    return scalar_class[type->type];
  if (convention->by_address && is_aggregate (type) && type->size > 4)
    return CLASS32_ADDRESS;
  return type->size % 4 == 0 && type->size <= 16 && type->alignment <= 4 ? type->size / 4
                                                                         : 0;
}

/* The arguments of a function as ffi_call wants to know them.  */
struct summary
{
  struct walk32 walk;
  unsigned words;   /* that are arguments */
  unsigned taken;   /* of these, in registers */
  unsigned classes; /* in the order in which they are pushed */
  unsigned first; /* by register: arguments on the stack, pushed in a run of their own */
  bool realign;   /* one wants more than a word's alignment */
  bool fast;      /* so far, pushing them is all that is to do */
};

/* Take note of an argument at PLACE.  */
static void
note_place (struct summary *s, struct place32 place)
{
  s->words += place.size / 4;
  if (place.reg >= 0)
    {
      s->taken++;
      s->fast = s->fast && s->walk.stack == 0;
    }
}

/* Put CLASS, of argument I, where it comes when arguments are pushed: the last first,
   except what borland's conventions leave on the stack.  */
static void
note_class (struct summary *s, unsigned class, unsigned i, bool in_register)
{
  const struct convention32 *convention = s->walk.convention;

  if (!convention->descending)
    s->classes = s->classes << 4 | class;
  else if (convention->count == 0)
    s->classes |= class << 4 * i;
  else if (in_register)
    s->classes = s->classes << 4 | class << RUN32_SHIFT;
  else if (s->first < FIRST_RUN32)
    s->classes |= class << 4 * s->first++;
  else
    s->fast = false;
}

static void
note_argument (struct summary *s, const ffi_type *type, unsigned i)
{
  struct place32 place = ffi_next_place32 (&s->walk, type);

  note_place (s, place);
  s->realign |= type->alignment > 4;
  if (s->fast)
    {
      unsigned class = fast_class (s->walk.convention, type);
      s->fast = class != 0;
      note_class (s, class, i, place.reg >= 0);
    }
}

/* The flags for fast calls, or 0.  */
static unsigned
fast_flags (const struct summary *s, bool hidden)
{
  const struct convention32 *convention = s->walk.convention;
  unsigned stack = s->walk.stack / 4, flags;

  if (!s->fast || s->words != stack + s->taken)
    return 0;
  flags = FLAG32_FAST | s->taken << FLAG32_REGS_SHIFT | stack << FLAG32_STACK_SHIFT;
  if (hidden)
    flags |= FLAG32_MORE;
  if (convention->descending)
    flags |= FLAG32_DESCENDING;
  if (convention->count == REGS)
    flags |= FLAG32_EAX | FLAG32_TWO_RUNS | FLAG32_MORE;
  return flags;
}

/* The common case: a few arguments that have classes, all on the stack, the last of them
   pushed first.  CODE is the result's.  False if it is another.  */
static bool
prep_pushed (ffi_cif *cif, unsigned index, unsigned code)
{
  const struct convention32 *convention = &ffi_conventions32[index];
  unsigned classes = 0, words = code == RET32_MEMORY;

  if (cif->nargs > FAST_ARGS32 || !ffi_only_stack32 (convention))
    return false;
  for (unsigned i = 0; i < cif->nargs; i++)
    {
      unsigned class = fast_class (convention, cif->arg_types[i]);
      if (class == 0)
        return false;
      classes = classes << 4 | class;
      words += ffi_class_words32 (class);
    }
  cif->bytes = classes;
  cif->flags = code | index << FLAG32_CONVENTION_SHIFT | 4 << FLAG32_ALIGN_SHIFT
               | FLAG32_FAST | words << FLAG32_STACK_SHIFT
               | (code == RET32_MEMORY ? FLAG32_MORE : 0);
  return true;
}

ffi_status
ffi_arch_prep_cif (ffi_cif *cif, unsigned nfixed)
{
  unsigned index = nfixed != FFI_NOT_VARIADIC ? variadic_convention (cif->abi) : cif->abi;

  if (index == FFI_LAST_ABI)
    return FFI_BAD_ABI;
  const struct convention32 *convention = &ffi_conventions32[index];
  unsigned code = result_code (convention, cif->rtype);
  bool hidden = code == RET32_MEMORY;

  if (prep_pushed (cif, index, code))
    return FFI_OK;
  struct summary s = { .walk = { .convention = convention, .align = 16 },
                       .fast = cif->nargs <= FAST_ARGS32 };

  if (hidden && !convention->descending)
    note_place (&s, ffi_hidden_place32 (&s.walk));
  for (unsigned i = 0; i < cif->nargs; i++)
    {
      note_argument (&s, cif->arg_types[i], i);
      if (s.walk.stack > FFI_MAX_ARG_SIZE)
        return FFI_BAD_TYPEDEF;
    }
  if (hidden && convention->descending)
    {
      note_place (&s, ffi_hidden_place32 (&s.walk));
      s.fast = s.fast && convention->count == 0;
    }
  unsigned fast = fast_flags (&s, hidden);
  cif->bytes = fast != 0 ? s.classes : s.walk.stack;
  cif->flags = code | index << FLAG32_CONVENTION_SHIFT | fast
               | (s.realign ? FLAG32_REALIGN : 0)
               | (unsigned) __builtin_ctzl (s.walk.align) << FLAG32_ALIGN_SHIFT;
  return FFI_OK;
}

bool
ffi_arch_has_abi (ffi_abi abi)
{
  return abi == FFI_SYSV || (abi >= FFI_THISCALL && abi < FFI_LAST_ABI);
}
