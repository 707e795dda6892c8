/* SPDX-License-Identifier: MIT */
/* Closures by the Procedure Call Standard for AArch64: which entry code a closure
   gets.  */

#include "classify.h"
#include "port.h"
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
  MAP_SIZE = FFI_TRAMPOLINE_SIZE - CLOSURE_MAP,
  MAP_REACH = 184 /* words of the stack that it reaches: its numbers have 8 bits */
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

/* Can the handler have a value of TYPE in LOC where it was saved, registers being next
   to each other there?  */
static bool
is_one_run (const ffi_type *type, struct ffi_loc loc)
{
  if (loc.by_address || ffi_alignment_of (type) > 8)
    return false;
  if (LOW_PART (8, 4) != 0 && type->size < 8)
    return false;
  return loc.kind != LOC_FPR || loc.size == 8 || (loc.size == 4 && loc.count == 1);
}

/* Fill in LAYOUT.  False if an argument is not one run of words, or is too far up
   the stack.  */
static bool
find_layout (const ffi_cif *cif, struct layout *layout)
{
  struct ffi_assign a;

  ffi_port_start (&a, cif);
  layout->in_order = true;
  for (unsigned i = 0; i < cif->nargs; i++)
    {
      struct ffi_loc loc = ffi_port_next (&a, cif->arg_types[i], 0);
      if (!is_one_run (cif->arg_types[i], loc) || loc.offset >= 8 * MAP_REACH)
        return false;
      layout->at[i] = loc.kind == LOC_FPR     ? (unsigned) AT_FPR + loc.fpr
                      : loc.kind == LOC_STACK ? AT_STACK + loc.offset / 8
                                              : loc.gpr;
      layout->in_order &= layout->at[i] == i || layout->at[i] == AT_FPR + i;
    }
  layout->gprs = a.ngrn;
  layout->fprs = a.nsrn;
  layout->in_order &= a.ngrn == 0 || a.nsrn == 0;
  /* A value in registers and on the stack.  */
  return a.state == 0 || a.nsaa == 0;
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
