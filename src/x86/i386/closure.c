/* SPDX-License-Identifier: MIT */
/* Closures on i386: which entry code a closure gets, and the general collection of
   arguments.  */

#include "arch.h"
#include "internal.h"
#include "quick_entry.h"
#include "raw.h"
#include "scalar.h"
#include <limits.h>
#include <string.h>

void ffi_entry32_general (void);
void ffi_entry32_dynamic (void);
void ffi_entry32_raw (void);
void ffi_entry32_raw_dynamic (void);
void ffi_entry32_go_ecx (void);
void ffi_entry32_go_eax (void);

/* --- Specialised entries ---------------------------------------------------- */

struct family
{
  unsigned char args, pop;
  uint32_t places;
};

static const struct family families[] = {
#define F(name, args, pop, places) { args, pop, places },
  SHAPED_FAMILIES32
#undef F
#define F(args, pop) { args, pop, 0 },
      MAPPED_FAMILIES32
#undef F
};

/* S has the arguments in registers.  CDECL is also the convention after FFI_SYSV, that of
   variadic functions.  */
#define S(places, taken, family)                                                         \
  {                                                                                      \
    places, FLAG32_FAST | (taken) << FLAG32_REGS_SHIFT, family                           \
  }
#define CDECL                                                                            \
  {                                                                                      \
    S (0, 0, SHAPE32_NONE), S (0x05, 0, SHAPE32_CDECL_2),                                \
        S (0x0605, 0, SHAPE32_CDECL_2), S (0x070605, 0, SHAPE32_CDECL_4),                \
        S (0x08070605, 0, SHAPE32_CDECL_4)                                               \
  }
const struct shape32 ffi_shapes32[FFI_LAST_ABI][SHAPE_ARGS32 + 1] = {
  [FFI_SYSV... FFI_SYSV + 1] = CDECL,
  [FFI_MS_CDECL] = CDECL,
  [FFI_STDCALL]
  = { S (0, 0, SHAPE32_NONE), S (0x05, 0, MAPPED32_4_4), S (0x0605, 0, SHAPE32_STDCALL_2),
      S (0x070605, 0, MAPPED32_4_12), S (0x08070605, 0, SHAPE32_STDCALL_4) },
  [FFI_THISCALL] = { S (0, 0, SHAPE32_NONE), S (0x00, 1, SHAPE32_FASTCALL_2),
                     S (0x0500, 1, SHAPE32_THISCALL_2), S (0x060500, 1, MAPPED32_4_8),
                     S (0x07060500, 1, SHAPE32_THISCALL_4) },
  [FFI_FASTCALL] = { S (0, 0, SHAPE32_NONE), S (0x00, 1, SHAPE32_FASTCALL_2),
                     S (0x0100, 2, SHAPE32_FASTCALL_2), S (0x050100, 2, MAPPED32_4_4),
                     S (0x06050100, 2, SHAPE32_FASTCALL_4) },
  [FFI_PASCAL]
  = { S (0, 0, SHAPE32_NONE), S (0x05, 0, MAPPED32_4_4), S (0x0506, 0, SHAPE32_PASCAL_2),
      S (0x050607, 0, MAPPED32_4_12), S (0x05060708, 0, SHAPE32_PASCAL_4) },
  [FFI_REGISTER] = { S (0, 0, SHAPE32_NONE), S (0x03, 1, SHAPE32_REGISTER_2),
                     S (0x0103, 2, SHAPE32_REGISTER_2), S (0x000103, 3, MAPPED32_4_0),
                     S (0x05000103, 3, SHAPE32_REGISTER_4) },
};
#undef S

enum
{
  MAP_SIZE = FFI_TRAMPOLINE_SIZE - CLOSURE_MAP
};

/* The word of the frame that a register is saved in.  */
static const unsigned char at_register[REGS]
    = { [ECX] = AT_ECX, [EDX] = AT_EDX, [EAX] = AT_EAX };

/* Store in MAP the word of the frame that each argument starts with.  False if an
   argument is not in the frame, wants more than a word's alignment or is too far up.  */
static bool
fill_map_by_types (const ffi_cif *cif, unsigned char *map)
{
  const struct convention32 *convention = ffi_convention32 (cif);
  struct walk32 w = { .convention = convention };
  size_t bytes = ffi_stack_bytes32 (cif);

  if ((cif->flags & RET32_MASK) == RET32_MEMORY && !convention->descending)
    ffi_hidden_place32 (&w);
  for (unsigned i = 0; i < cif->nargs; i++)
    {
      struct place32 at = ffi_next_place32 (&w, cif->arg_types[i]);
      size_t word = AT_STACK + ffi_stack_offset32 (convention, &at, bytes) / 4;
      if (at.reg >= 0)
        word = at_register[at.reg];
      if (at.by_address || cif->arg_types[i]->alignment > 4 || word > UCHAR_MAX)
        return false;
      map[i] = word;
    }
  return true;
}

/* The same for a cif whose classes say it all: what is pushed later lies lower, the
   last words of all in registers.  */
static bool
fill_map_by_classes (const ffi_cif *cif, unsigned char *map)
{
  const struct convention32 *convention = ffi_convention32 (cif);
  unsigned flags = cif->flags, step = flags & FLAG32_DESCENDING ? 1u : -1u;
  unsigned taken = flags >> FLAG32_REGS_SHIFT & 3;
  unsigned word = taken + ((flags & FLAG32_STACK_MASK) >> FLAG32_STACK_SHIFT);
  unsigned i = flags & FLAG32_DESCENDING ? 0u : cif->nargs - 1;

  for (unsigned classes = cif->bytes; classes != 0; classes >>= 4, i += step)
    {
      unsigned class = classes & 15;
      if (class == CLASS32_ADDRESS)
        return false;
      word -= ffi_class_words32 (class);
      map[i]
          = word < taken ? at_register[convention->regs[word]] : AT_STACK + word - taken;
    }
  return true;
}

/* The kind of result that CODE is.  */
static unsigned
kind_of (unsigned code)
{
  static const unsigned char kinds[RET32_COUNT] = {
    [RET32_VOID] = KIND32_WORDS,    [RET32_I32] = KIND32_WORDS,
    [RET32_I64] = KIND32_WORDS,     [RET32_DOUBLE] = KIND32_DOUBLE,
    [RET32_FLOAT] = KIND32_ANY,     [RET32_LONGDOUBLE] = KIND32_ANY,
    [RET32_MEMORY] = KIND32_MEMORY, [RET32_BYTE] = KIND32_ANY,
    [RET32_HALF] = KIND32_ANY,      [RET32_U8] = KIND32_ANY,
    [RET32_S8] = KIND32_ANY,        [RET32_U16] = KIND32_ANY,
    [RET32_S16] = KIND32_ANY,
  };

  return kinds[code];
}

/* Do the NARGS arguments that MAP shows lie where FAMILY expects them?  */
static bool
has_shape (const struct family *family, const unsigned char *map, unsigned nargs)
{
  for (unsigned i = 0; i < nargs; i++)
    if (map[i] != (family->places >> 8 * i & 255))
      return false;
  return true;
}

/* The family for the arguments of CIF, which MAP shows, POP bytes of which are
   removed; WORDS32 if there is none.  */
static unsigned
family_of (const ffi_cif *cif, const unsigned char *map, size_t pop, unsigned kind)
{
  if (kind == KIND32_WORDS && cif->nargs <= SHAPE_ARGS32)
    {
      unsigned convention
          = (cif->flags & FLAG32_CONVENTION_MASK) >> FLAG32_CONVENTION_SHIFT;
      unsigned shape = ffi_shapes32[convention][cif->nargs].family;
      const struct family *family = &families[shape];
      if (pop == family->pop && shape < MAPPED32_4_0
          && has_shape (family, map, cif->nargs))
        return shape;
    }
  for (unsigned f = MAPPED32_4_0; f < WORDS32; f++)
    if (pop == families[f].pop && cif->nargs <= families[f].args)
      return f;
  return WORDS32;
}

/* Is each argument one word of the stack, in ascending order, and the caller's to
   remove?  */
static bool
only_words (const ffi_cif *cif)
{
  if ((cif->flags & RET32_MASK) == RET32_MEMORY || ffi_popped32 (cif) != 0
      || !ffi_only_stack32 (ffi_convention32 (cif)))
    return false;
  for (unsigned i = 0; i < cif->nargs; i++)
    if (cif->arg_types[i]->size - 1u > 3 || cif->arg_types[i]->alignment > 4
        || cif->arg_types[i]->type == FFI_TYPE_VOID)
      return false;
  return true;
}

/* The specialised entry for CIF, which relies on MAP; or null.  */
static ffi_entry
fast_entry (const ffi_cif *cif, unsigned char *map)
{
  unsigned code = cif->flags & RET32_MASK, kind = kind_of (code);

  if (cif->nargs > MAP_SIZE)
    return cif->nargs <= FFI_UNPROBED / 4 && only_words (cif)
               ? ffi_fast_entry32 (WORDS32, kind)
               : NULL;
  if (/* They look for the address of a result in the first word of the stack.  */
      (code == RET32_MEMORY && ffi_convention32 (cif)->count != 0)
      || !((cif->flags & (FLAG32_FAST | FLAG32_TWO_RUNS)) == FLAG32_FAST
               ? fill_map_by_classes (cif, map)
               : fill_map_by_types (cif, map)))
    return NULL;
  unsigned family = family_of (cif, map, ffi_popped32 (cif), kind);
  return family != WORDS32 ? ffi_fast_entry32 (family, kind) : NULL;
}

ffi_entry
ffi_arch_closure_entry (const ffi_cif *cif, unsigned char *map)
{
  ffi_entry entry;

  if (!ffi_arch_has_abi (cif->abi))
    return NULL;
  if (map == NULL)
    return ffi_entry32_dynamic;
  entry = ffi_quick_entry (cif, map);
  if (entry == NULL)
    entry = fast_entry (cif, map);
  return entry != NULL ? entry : ffi_entry32_general;
}

ffi_entry
ffi_arch_raw_entry (const ffi_cif *cif, unsigned char *map)
{
  if (!ffi_arch_has_abi (cif->abi))
    return NULL;
  return map != NULL ? ffi_entry32_raw : ffi_entry32_raw_dynamic;
}

ffi_entry
ffi_arch_go_entry (const ffi_cif *cif)
{
  if (!ffi_arch_has_abi (cif->abi))
    return NULL;
  switch (ffi_convention32 (cif)->chain)
    {
    case ECX:
      return ffi_entry32_go_ecx;
    case EAX:
      return ffi_entry32_go_eax;
    default:
      return NULL;
    }
}

unsigned
ffi_arch_entries (ffi_entry *to)
{
  ffi_entry *end = ffi_append_entries (to, ffi_fast_table32[0], FAMILIES32 * KINDS32);

  *end++ = ffi_entry32_general;
  *end++ = ffi_entry32_raw;
  *end++ = ffi_entry_freed;
  *end++ = ffi_entry_unprepared;
  return end - to;
}

void
ffi_arch_write_trampoline (char *tramp, void *codeloc, ffi_entry entry)
{
  /* endbr32; push %eax; mov $codeloc, %eax; jmp entry; int3  */
  static const unsigned char code[FFI_TRAMPOLINE_SIZE]
      = { 0xf3, 0x0f, 0x1e, 0xfb, 0x50, 0xb8, 0, 0, 0, 0, 0xe9, 0, 0, 0, 0, 0xcc };
  uintptr_t distance = (uintptr_t) entry - ((uintptr_t) codeloc + 15);

  memcpy (tramp, code, sizeof code);
  memcpy (tramp + 6, &codeloc, 4);
  memcpy (tramp + 11, &distance, 4);
}

/* --- General collection of arguments ---------------------------------------- */

/* The arguments of a closure call.  */
struct incoming32
{
  const struct convention32 *convention;
  uint32_t *frame; /* saved registers, return address, stack */
  size_t bytes;    /* of stack arguments */
};

static char *
locate (const struct incoming32 *in, const struct place32 *place)
{
  if (place->reg >= 0)
    return (char *) &in->frame[place->reg];
  return (char *) &in->frame[REGS + 1]
         + ffi_stack_offset32 (in->convention, place, in->bytes);
}

/* Point ARGS at the arguments, all on the stack; returns where the result goes, which is
   RESULT unless the caller chose.  */
static void *
collect_stack (const ffi_cif *cif, char *at, void **args, void *result)
{
  if ((cif->flags & RET32_MASK) == RET32_MEMORY)
    {
      result = *(void **) at;
      at += 4;
    }
  for (unsigned i = 0; i < cif->nargs; i++)
    args[i] = ffi_next_on_stack32 (&at, cif->arg_types[i]);
  return result;
}

/* The same, wherever they are.  */
static void *
collect (const ffi_cif *cif, const struct incoming32 *in, void **args, void *result)
{
  struct walk32 w = { .convention = in->convention };
  bool hidden = (cif->flags & RET32_MASK) == RET32_MEMORY;
  struct place32 at;

  if (ffi_only_stack32 (in->convention))
    return collect_stack (cif, (char *) &in->frame[REGS + 1], args, result);
  if (hidden && !in->convention->descending)
    {
      at = ffi_hidden_place32 (&w);
      result = *(void **) locate (in, &at);
    }
  for (unsigned i = 0; i < cif->nargs; i++)
    {
      at = ffi_next_place32 (&w, cif->arg_types[i]);
      char *value = locate (in, &at);
      args[i] = at.by_address ? *(void **) value : value;
    }
  if (hidden && in->convention->descending)
    {
      at = ffi_hidden_place32 (&w);
      result = *(void **) locate (in, &at);
    }
  return result;
}

/* Does VALUE, of TYPE, lack an alignment that the stack does not give it?  */
static inline bool
is_misaligned (const ffi_type *type, const void *value)
{
  size_t align = ffi_alignment_of (type);

  return align > 4 && ((uintptr_t) value & (align - 1)) != 0;
}

/* What the entry code gets back: in eax how to load the result, in edx how many bytes
   of arguments to remove.  Found out before the handler is called, which may free the
   closure and with it the cif.  */
static uint64_t
way_back (const ffi_cif *cif)
{
  return (uint64_t) ffi_popped32 (cif) << 32 | (cif->flags & RET32_MASK);
}

/* The same after the handler: a result in memory has its address returned.  */
static uint64_t
leave (uint64_t way, void *memory, void *result)
{
  if ((uint32_t) way != RET32_MEMORY)
    return way;
  *(void **) result = memory;
  return way - RET32_MEMORY + RET32_I32;
}

INNER32
ffi_closure_inner32 (ffi_cif *cif, ffi_handler fun, void *user_data, uint32_t *frame,
                     void *result)
{
  struct incoming32 in = { ffi_convention32 (cif), frame, ffi_stack_bytes32 (cif) };
  void *few[FFI_FEW_ARGS];
  void **args = FFI_ON_STACK (few, cif->nargs * sizeof (void *));
  void *memory = collect (cif, &in, args, result);

  if (unlikely (cif->flags & FLAG32_REALIGN))
    for (unsigned i = 0; i < cif->nargs; i++)
      if (is_misaligned (cif->arg_types[i], args[i]))
        args[i] = FFI_ALIGNED_COPY (cif->arg_types[i], args[i]);
  uint64_t way = way_back (cif);
  fun (cif, memory, args, user_data);
  return leave (way, memory, result);
}

INNER32
ffi_raw_inner32 (ffi_cif *cif, ffi_raw_handler fun, void *user_data, uint32_t *frame,
                 void *result)
{
  struct incoming32 in = { ffi_convention32 (cif), frame, ffi_stack_bytes32 (cif) };
  void *few[FFI_FEW_ARGS];
  void **args = FFI_ON_STACK (few, cif->nargs * sizeof (void *));
  void *memory = collect (cif, &in, args, result);
  size_t size = ffi_raw_block_size (cif, ffi_raw_words);
  ffi_raw few_words[FFI_FEW_ARGS];
  ffi_raw *raw = FFI_ON_STACK (few_words, size);

  ffi_raw_pack (cif, args, raw, size, ffi_raw_words);
  uint64_t way = way_back (cif);
  fun (cif, memory, raw, user_data);
  return leave (way, memory, result);
}
