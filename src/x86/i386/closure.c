/* SPDX-License-Identifier: MIT */
/* Closures on i386: which entry code a closure gets.  */

#include "classify.h"
#include "port.h"
#include "fast_entry.h"
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

#define IN_REGISTERS(regs, n) ((regs) < (n) ? (regs) : (n))
#define POPPED(regs, n, pop_4) ((pop_4) == 0 ? 0 : 4 * ((n) -IN_REGISTERS (regs, n)))

/* What each family removes agrees with its convention.  */
enum
{
#define F(name, args, pop, places) POP_SHAPE_##name = pop,
  SHAPED_FAMILIES
#undef F
#define F(args, pop) POP_MAPPED_##args##_##pop = pop,
      MAPPED_FAMILIES
#undef F
};
#define AGREE(name, regs, shift, pop_2, places_2, pop_4, places_4, one, three)           \
  _Static_assert(                                                                        \
      POP_##one == POPPED (regs, 1, pop_4) && pop_2 == POPPED (regs, 2, pop_4)           \
          && POP_##three == POPPED (regs, 3, pop_4) && pop_4 == POPPED (regs, 4, pop_4), \
      #name);
CDECL_SHAPES (AGREE)
OTHER_SHAPES (AGREE)

#define SHAPE(places, taken, family)                                                     \
  {                                                                                      \
    places, FLAG_FAST | (taken) << FLAG_REGS_SHIFT, family                               \
  }
#define ROW(name, regs, shift, pop_2, places_2, pop_4, places_4, one, three)             \
  {                                                                                      \
    SHAPE (0, 0, SHAPE_NONE),                                                            \
        SHAPE ((places_2) >> (shift) &0xff, IN_REGISTERS (regs, 1), one),                \
        SHAPE (places_2, IN_REGISTERS (regs, 2), SHAPE_##name##_2),                      \
        SHAPE ((places_4) >> (shift) &0xffffff, IN_REGISTERS (regs, 3), three),          \
        SHAPE (places_4, IN_REGISTERS (regs, 4), SHAPE_##name##_4),                      \
  }
#define ROW_OF_ABI(name, ...) [FFI_##name] = ROW (name, __VA_ARGS__),
/* CDECL is also the convention after FFI_SYSV, that of variadic functions.  */
const struct shape ffi_shapes[FFI_LAST_ABI][SHAPE_ARGS + 1]
    = { [FFI_SYSV... FFI_SYSV + 1] = CDECL_SHAPES (ROW),
        [FFI_MS_CDECL] = CDECL_SHAPES (ROW),
        OTHER_SHAPES (ROW_OF_ABI) };

enum
{
  MAP_SIZE = FFI_TRAMPOLINE_SIZE - CLOSURE_MAP
};

/* The words of the frame that registers are saved in.  */
static const unsigned char at_register[REGS]
    = { [ECX] = AT_ECX, [EDX] = AT_EDX, [EAX] = AT_EAX };

/* Store in MAP the word of the frame that each argument starts with.  False if an
   argument is not in the frame, wants more than a word's alignment or is too far up.  */
static bool
fill_map_by_types (const ffi_cif *cif, unsigned char *map)
{
  struct ffi_assign a;

  if (!ffi_fill_map (cif, map, &a))
    return false;
  for (unsigned i = 0; i < cif->nargs; i++)
    map[i] = map[i] < REGS ? at_register[map[i]] : AT_STACK + map[i] - MAPPED_STACK;
  return true;
}

/* Fill MAP for a cif whose classes say it all: what is pushed later lies lower, the last
   words of all in registers.  */
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
#define R(name, kind) [RET_##name] = kind,
    RET_CODES
#undef R
  };

  return kinds[code];
}

/* Whether the NARGS arguments that MAP shows lie where FAMILY expects them.  */
static bool
has_shape (const struct family *family, const unsigned char *map, unsigned nargs)
{
  for (unsigned i = 0; i < nargs; i++)
    if (map[i] != (family->places >> 8 * i & 255))
      return false;
  return true;
}

/* The family for the arguments of CIF, which MAP shows, POP bytes of which are
   removed; FAMILIES if there is none.  */
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
  for (unsigned f = MAPPED_4_0; f < TYPES_0; f++)
    if (pop == families[f].pop && cif->nargs <= families[f].args)
      return f;
  return FAMILIES;
}

/* The family for any number of arguments in ascending order on the stack, POP bytes of
   which are removed; FAMILIES if CIF has others.  */
static unsigned
family_of_many (const ffi_cif *cif, size_t pop)
{
  bool in_memory = (cif->flags & RET_MASK) == RET_MEMORY, words = !in_memory;

  if ((cif->flags & FLAG_ONLY_STACK) == 0 || cif->nargs > FFI_UNPROBED / 4
      || pop > (in_memory ? 4 : 0))
    return FAMILIES;
  for (unsigned i = 0; i < cif->nargs; i++)
    {
      const ffi_type *type = cif->arg_types[i];
      if (type->alignment > 4 || type->type == FFI_TYPE_VOID)
        return FAMILIES;
      words &= type->size - 1u <= 3;
    }
  return words ? WORDS : pop == 0 ? TYPES_0 : TYPES_4;
}

/* The specialised entry for CIF, which relies on MAP; or null.  */
static ffi_entry
fast_entry (const ffi_cif *cif, unsigned char *map)
{
  unsigned code = cif->flags & RET_MASK, kind = kind_of (code), family = FAMILIES;
  size_t pop = ffi_popped (cif);

  /* They look for the address of a result in the first word of the stack.  */
  if (code == RET_MEMORY && ffi_convention (cif)->count != 0)
    return NULL;
  if (cif->nargs <= MAP_SIZE
      && ((cif->flags & (FLAG_FAST | FLAG_TWO_RUNS)) == FLAG_FAST
              ? fill_map_by_classes (cif, map)
              : fill_map_by_types (cif, map)))
    family = family_of (cif, map, pop, kind);
  if (family == FAMILIES)
    family = family_of_many (cif, pop);
  return family != FAMILIES ? ffi_fast_entry (family, kind) : NULL;
}

ffi_entry
ffi_port_closure_entry (const ffi_cif *cif, unsigned char *map)
{
  ffi_entry entry;

  if (!ffi_port_has_abi (cif->abi))
    return NULL;
  if (map == NULL)
    return ffi_entry_dynamic;
  entry = ffi_port_fast_entry (cif, map);
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
