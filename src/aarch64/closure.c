/* SPDX-License-Identifier: MIT */
/* Closures by the Procedure Call Standard for AArch64: which entry code a closure
   gets, and the general collection of arguments.  */

#include "port.h"
#include "internal.h"
#include "scalar.h"
#include <string.h>

void ffi_entry_general (void);
void ffi_entry_dynamic (void);
void ffi_entry_go (void);

/* --- Specialised entries ---------------------------------------------------- */

struct family
{
  unsigned char gprs, fprs, args, mapped;
};

static const struct family families[] = {
#define F(gprs, fprs, args, mapped) { gprs, fprs, args, mapped },
  FAST_FAMILIES
#undef F
};

enum
{
  FAMILIES = sizeof families / sizeof families[0],
  MAP_SIZE = FFI_TRAMPOLINE_SIZE - CLOSURE_MAP
};

/* Where the arguments of one signature lie.  */
struct layout
{
  unsigned gprs, fprs;        /* registers used */
  unsigned char at[MAP_SIZE]; /* per argument, see below */
  bool in_order;              /* argument i is in the i-th register used */
};

/* Kinds of layout.at, and the number of the first word.  */
enum
{
  AT_FPR = 16,
  AT_STACK = 32
};

/* Can the handler have a value of TYPE in PLACE where it was saved, registers being
   next to each other there?  */
static bool
is_one_run (const ffi_type *type, struct place place)
{
  if (place.kind == BY_REFERENCE || ffi_alignment_of (type) > 8)
    return false;
  if (LOW_PART (8, 4) != 0 && type->size < 8)
    return false;
  return place.kind != IN_FPRS || place.size == 8
         || (place.size == 4 && place.count == 1);
}

/* Fill in LAYOUT.  False if an argument is not one run of words, or is too far up
   the stack.  */
static bool
find_layout (const ffi_cif *cif, struct layout *layout)
{
  struct walk w = { .no_fprs = cif->flags & FLAG_NO_FPRS };
  size_t at;

  layout->in_order = true;
  for (unsigned i = 0; i < cif->nargs; i++)
    {
      struct place place = ffi_next_place (&w, cif->arg_types[i], &at);
      if (!is_one_run (cif->arg_types[i], place) || at >= 8 * 192)
        return false;
      if (place.kind == IN_FPRS)
        layout->at[i] = AT_FPR + at;
      else
        layout->at[i] = at < 8 * GPRS ? at / 8 : AT_STACK + (at / 8 - GPRS);
      layout->in_order &= layout->at[i] == i || layout->at[i] == AT_FPR + i;
    }
  layout->gprs = w.gprs;
  layout->fprs = w.fprs;
  layout->in_order &= w.gprs == 0 || w.fprs == 0;
  /* A value in registers and on the stack.  */
  return !w.no_fprs || w.stack == 0;
}

/* Translate LAYOUT into words of FAMILY's frame.  */
static void
fill_map (unsigned char *map, const struct layout *layout, unsigned nargs,
          const struct family *family)
{
  unsigned gpr = FAST_POINTERS / 8 + family->args, fpr = gpr + family->gprs;
  unsigned stack = FFI_ALIGN_UP (fpr + family->fprs, 2);

  for (unsigned i = 0; i < nargs; i++)
    map[i] = layout->at[i] >= AT_STACK ? stack + layout->at[i] - AT_STACK
             : layout->at[i] >= AT_FPR ? fpr + layout->at[i] - AT_FPR
                                       : gpr + layout->at[i];
}

/* The specialised entry for CIF, or null; it may rely on MAP.  */
static ffi_entry
fast_entry (const ffi_cif *cif, unsigned char *map)
{
  unsigned code = cif->flags & RET_MASK;
  struct layout layout;

  if (cif->nargs > MAP_SIZE || code >= FAST_RESULTS || !find_layout (cif, &layout))
    return NULL;
  for (unsigned f = 0; f < FAMILIES; f++)
    {
      const struct family *family = &families[f];
      if (cif->nargs > family->args || layout.gprs > family->gprs
          || layout.fprs > family->fprs || (!family->mapped && !layout.in_order)
          || ffi_fast_table[f][code] == 0)
        continue;
      if (family->mapped)
        fill_map (map, &layout, cif->nargs, family);
      return (ffi_entry) ((char *) ffi_fast_table + ffi_fast_table[f][code]);
    }
  return NULL;
}

ffi_entry
ffi_port_closure_entry (const ffi_cif *cif, unsigned char *map)
{
  ffi_entry entry;

  if (!ffi_port_has_abi (cif->abi))
    return NULL;
  if (map == NULL)
    return ffi_entry_dynamic;
  entry = fast_entry (cif, map);
  return entry != NULL ? entry : ffi_entry_general;
}

ffi_entry
ffi_port_go_entry (const ffi_cif *cif)
{
  return ffi_port_has_abi (cif->abi) ? ffi_entry_go : NULL;
}

unsigned
ffi_port_entries (ffi_entry *to)
{
  ffi_entry *end = ffi_append_entries (to, ffi_fast_table[0], FAMILIES * FAST_RESULTS);

  *end++ = ffi_entry_general;
  *end++ = ffi_entry_freed;
  *end++ = ffi_entry_unprepared;
  return end - to;
}

/* Make the instructions of a trampoline that were written at TRAMP the ones that are
   executed there.  The compiler's way is a function of libgcc, which may lack the marks
   of our objects.  */
static void
synchronize (char *tramp)
{
  uint64_t type;

  __asm__("mrs %0, ctr_el0" : "=r"(type));
  size_t data = 4 << (type >> 16 & 15), instructions = 4 << (type & 15);
  uintptr_t start = (uintptr_t) tramp, end = start + FFI_TRAMPOLINE_SIZE;

  for (uintptr_t line = start & -data; line < end; line += data)
    __asm__ volatile("dc cvau, %0" : : "r"(line) : "memory");
  __asm__ volatile("dsb ish" : : : "memory");
  for (uintptr_t line = start & -instructions; line < end; line += instructions)
    __asm__ volatile("ic ivau, %0" : : "r"(line) : "memory");
  __asm__ volatile("dsb ish; isb" : : : "memory");
}

void
ffi_port_write_trampoline (char *tramp, void *codeloc, ffi_entry entry)
{
  /* bti c; adr x17, .-4; ldr x16, .+8; br x16 - the entry follows.  There is no room
     for a pair: the entry finds the closure itself in x17.  */
  static const unsigned char code[16]
      = { 0x5f, 0x24, 0x03, 0xd5, 0xf1, 0xff, 0xff, 0x10,
          0x50, 0x00, 0x00, 0x58, 0x00, 0x02, 0x1f, 0xd6 };

  memcpy (tramp, code, sizeof code);
  memcpy (tramp + sizeof code, &entry, sizeof entry);
  synchronize (tramp);
  synchronize (codeloc);
}

/* --- General entries -------------------------------------------------------- */

/* Put COUNT members of SIZE bytes, each in a vector register from FPR on, next to
   each other where the first is.  */
static char *
join (char (*fpr)[FPR_SIZE], unsigned count, unsigned size)
{
  if (count == 1)
    return fpr[0] + LOW_PART (FPR_SIZE, size);
  for (unsigned i = 0; i < count; i++)
    memmove (fpr[0] + i * size, fpr[i] + LOW_PART (FPR_SIZE, size), size);
  return fpr[0];
}

/* Where a value of TYPE lies that was passed in words from WORD on.  */
static char *
in_words (char *word, const ffi_type *type)
{
  bool scalar = type->type != FFI_TYPE_STRUCT && type->type != FFI_TYPE_COMPLEX;

  return scalar && type->size < 8 ? word + LOW_PART (8, type->size) : word;
}

unsigned
ffi_closure_inner (ffi_cif *cif, ffi_handler fun, void *user_data, struct regs *regs,
                   void *result, void *x8)
{
  void *few[FFI_FEW_ARGS];
  void **args = FFI_ON_STACK (few, cif->nargs * sizeof (void *));
  struct walk w = { .no_fprs = cif->flags & FLAG_NO_FPRS };
  unsigned code = cif->flags & RET_MASK;
  size_t at;

  for (unsigned i = 0; i < cif->nargs; i++)
    {
      const ffi_type *type = cif->arg_types[i];
      struct place place = ffi_next_place (&w, type, &at);
      char *value;

      if (place.kind == IN_FPRS)
        value = join (&regs->fpr[at], place.count, place.size);
      else if (place.kind == BY_REFERENCE)
        value = *(char **) (regs->words + at);
      else
        value = in_words (regs->words + at, type);
      /* It may want more than it gets as an argument.  */
      if (unlikely (((uintptr_t) value & (ffi_alignment_of (type) - 1)) != 0))
        value = FFI_ALIGNED_COPY (type, value);
      args[i] = value;
    }
  fun (cif, code == RET_MEMORY ? x8 : result, args, user_data);
  return code;
}
