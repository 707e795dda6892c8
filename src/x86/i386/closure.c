/* SPDX-License-Identifier: MIT */
/* Closures on i386: which entry code a closure gets.  */

#include "classify.h"
#include "port.h"
#include "quick_entry.h"
#include <limits.h>
#include <string.h>

void ffi_entry_general (void);
void ffi_entry_dynamic (void);
void ffi_entry_raw (void);
void ffi_entry_raw_dynamic (void);
void ffi_entry_go_ecx (void);
void ffi_entry_go_eax (void);

/* --- Specialised entries ---------------------------------------------------- */

struct family
{
  unsigned char args, pop;
  uint32_t places;
};

static const struct family families[] = {
#define F(name, args, pop, places) { args, pop, places },
  SHAPED_FAMILIES
#undef F
#define F(args, pop) { args, pop, 0 },
      MAPPED_FAMILIES
#undef F
};

/* S has the arguments in registers.  CDECL is also the convention after FFI_SYSV, that of
   variadic functions.  */
#define S(places, taken, family)                                                         \
  {                                                                                      \
    places, FLAG_FAST | (taken) << FLAG_REGS_SHIFT, family                               \
  }
#define CDECL                                                                            \
  {                                                                                      \
    S (0, 0, SHAPE_NONE), S (0x05, 0, SHAPE_CDECL_2), S (0x0605, 0, SHAPE_CDECL_2),      \
        S (0x070605, 0, SHAPE_CDECL_4), S (0x08070605, 0, SHAPE_CDECL_4)                 \
  }
const struct shape ffi_shapes[FFI_LAST_ABI][SHAPE_ARGS + 1] = {
  [FFI_SYSV... FFI_SYSV + 1] = CDECL,
  [FFI_MS_CDECL] = CDECL,
  [FFI_STDCALL]
  = { S (0, 0, SHAPE_NONE), S (0x05, 0, MAPPED_4_4), S (0x0605, 0, SHAPE_STDCALL_2),
      S (0x070605, 0, MAPPED_4_12), S (0x08070605, 0, SHAPE_STDCALL_4) },
  [FFI_THISCALL] = { S (0, 0, SHAPE_NONE), S (0x00, 1, SHAPE_FASTCALL_2),
                     S (0x0500, 1, SHAPE_THISCALL_2), S (0x060500, 1, MAPPED_4_8),
                     S (0x07060500, 1, SHAPE_THISCALL_4) },
  [FFI_FASTCALL] = { S (0, 0, SHAPE_NONE), S (0x00, 1, SHAPE_FASTCALL_2),
                     S (0x0100, 2, SHAPE_FASTCALL_2), S (0x050100, 2, MAPPED_4_4),
                     S (0x06050100, 2, SHAPE_FASTCALL_4) },
  [FFI_PASCAL]
  = { S (0, 0, SHAPE_NONE), S (0x05, 0, MAPPED_4_4), S (0x0506, 0, SHAPE_PASCAL_2),
      S (0x050607, 0, MAPPED_4_12), S (0x05060708, 0, SHAPE_PASCAL_4) },
  [FFI_REGISTER] = { S (0, 0, SHAPE_NONE), S (0x03, 1, SHAPE_REGISTER_2),
                     S (0x0103, 2, SHAPE_REGISTER_2), S (0x000103, 3, MAPPED_4_0),
                     S (0x05000103, 3, SHAPE_REGISTER_4) },
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
  struct ffi_assign a;

  ffi_port_start (&a, cif);
  if (a.sret == SRET_FIRST)
    ffi_port_sret (&a);
  for (unsigned i = 0; i < cif->nargs; i++)
    {
      struct ffi_loc loc = ffi_port_next (&a, cif->arg_types[i], ANY_CONVENTION);
      size_t word
          = loc.kind == LOC_GPR ? at_register[loc.gpr] : AT_STACK + loc.offset / 4;
      if (loc.by_address || cif->arg_types[i]->alignment > 4 || word > UCHAR_MAX)
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
  const struct convention *convention = ffi_convention (cif);
  unsigned flags = cif->flags, step = flags & FLAG_LEFT_TO_RIGHT ? 1u : -1u;
  unsigned taken = flags >> FLAG_REGS_SHIFT & 3;
  unsigned word = taken + ((flags & FLAG_STACK_MASK) >> FLAG_STACK_SHIFT);
  unsigned i = flags & FLAG_LEFT_TO_RIGHT ? 0u : cif->nargs - 1;

  for (unsigned classes = cif->bytes; classes != 0; classes >>= 4, i += step)
    {
      unsigned class = classes & 15;
      if (class == CLASS_ADDRESS)
        return false;
      word -= ffi_class_words (class);
      map[i]
          = word < taken ? at_register[convention->regs[word]] : AT_STACK + word - taken;
    }
  return true;
}

/* The kind of result that CODE is.  */
static unsigned
kind_of (unsigned code)
{
  static const unsigned char kinds[RET_COUNT] = {
    [RET_VOID] = KIND_WORDS,    [RET_I32] = KIND_WORDS, [RET_I64] = KIND_WORDS,
    [RET_DOUBLE] = KIND_DOUBLE, [RET_FLOAT] = KIND_ANY, [RET_LONGDOUBLE] = KIND_ANY,
    [RET_MEMORY] = KIND_MEMORY, [RET_BYTE] = KIND_ANY,  [RET_HALF] = KIND_ANY,
    [RET_U8] = KIND_ANY,        [RET_S8] = KIND_ANY,    [RET_U16] = KIND_ANY,
    [RET_S16] = KIND_ANY,
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
   removed; WORDS if there is none.  */
static unsigned
family_of (const ffi_cif *cif, const unsigned char *map, size_t pop, unsigned kind)
{
  if (kind == KIND_WORDS && cif->nargs <= SHAPE_ARGS)
    {
      unsigned convention = (cif->flags & FLAG_CONVENTION_MASK) >> FLAG_CONVENTION_SHIFT;
      unsigned shape = ffi_shapes[convention][cif->nargs].family;
      const struct family *family = &families[shape];
      if (pop == family->pop && shape < MAPPED_4_0 && has_shape (family, map, cif->nargs))
        return shape;
    }
  for (unsigned f = MAPPED_4_0; f < WORDS; f++)
    if (pop == families[f].pop && cif->nargs <= families[f].args)
      return f;
  return WORDS;
}

/* Is each argument one word of the stack, in ascending order, and the caller's to
   remove?  */
static bool
only_words (const ffi_cif *cif)
{
  if ((cif->flags & RET_MASK) == RET_MEMORY || ffi_popped (cif) != 0
      || !ffi_only_stack (ffi_convention (cif)))
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
  unsigned code = cif->flags & RET_MASK, kind = kind_of (code);

  if (cif->nargs > MAP_SIZE)
    return cif->nargs <= FFI_UNPROBED / 4 && only_words (cif)
               ? ffi_fast_entry (WORDS, kind)
               : NULL;
  if (/* They look for the address of a result in the first word of the stack.  */
      (code == RET_MEMORY && ffi_convention (cif)->count != 0)
      || !((cif->flags & (FLAG_FAST | FLAG_TWO_RUNS)) == FLAG_FAST
               ? fill_map_by_classes (cif, map)
               : fill_map_by_types (cif, map)))
    return NULL;
  unsigned family = family_of (cif, map, ffi_popped (cif), kind);
  return family != WORDS ? ffi_fast_entry (family, kind) : NULL;
}

ffi_entry
ffi_port_closure_entry (const ffi_cif *cif, unsigned char *map)
{
  ffi_entry entry;

  if (!ffi_port_has_abi (cif->abi))
    return NULL;
  if (map == NULL)
    return ffi_entry_dynamic;
  entry = ffi_quick_entry (cif, map);
  if (entry == NULL)
    entry = fast_entry (cif, map);
  return entry != NULL ? entry : ffi_entry_general;
}

ffi_entry
ffi_port_raw_entry (const ffi_cif *cif, unsigned char *map)
{
  if (!ffi_port_has_abi (cif->abi))
    return NULL;
  return map != NULL ? ffi_entry_raw : ffi_entry_raw_dynamic;
}

ffi_entry
ffi_port_go_entry (const ffi_cif *cif)
{
  if (!ffi_port_has_abi (cif->abi))
    return NULL;
  switch (ffi_convention (cif)->chain)
    {
    case ECX:
      return ffi_entry_go_ecx;
    case EAX:
      return ffi_entry_go_eax;
    default:
      return NULL;
    }
}

unsigned
ffi_port_entries (ffi_entry *to)
{
  ffi_entry *end = ffi_append_entries (to, ffi_fast_table[0], FAMILIES * KINDS);

  *end++ = ffi_entry_general;
  *end++ = ffi_entry_raw;
  *end++ = ffi_entry_freed;
  *end++ = ffi_entry_unprepared;
  return end - to;
}

void
ffi_port_write_trampoline (char *tramp, void *codeloc, ffi_entry entry)
{
  /* endbr32; push %eax; mov $codeloc, %eax; jmp entry; int3  */
  static const unsigned char code[FFI_TRAMPOLINE_SIZE]
      = { 0xf3, 0x0f, 0x1e, 0xfb, 0x50, 0xb8, 0, 0, 0, 0, 0xe9, 0, 0, 0, 0, 0xcc };
  uintptr_t distance = (uintptr_t) entry - ((uintptr_t) codeloc + 15);

  memcpy (tramp, code, sizeof code);
  memcpy (tramp + 6, &codeloc, 4);
  memcpy (tramp + 11, &distance, 4);
}
