/* SPDX-License-Identifier: MIT */
/* Closures by the Procedure Call Standard for AArch64: which entry code a closure
   gets.  */

#include "classify.h"
#include "families.h"
#include "port.h"
#include <string.h>

/* --- Entries that go by where each argument is ------------------------------ */

/* What the maps of ffi_entry_located and ffi_entry_coded say of one argument; NOT_MAPPED
   and CODED_END if they cannot.  */
struct mapped
{
  size_t byte;
  unsigned code;
};

enum
{
  GPR_WORD = FPRS * (FPR_SIZE / 8), /* in words from the saved FPRs on */
  STACK_WORD = REGS_BYTES / 8
};

/* Of a value in registers or words next to each other, from WORD on.  */
FFI_INLINE struct mapped
map_words (size_t word, unsigned words)
{
  struct mapped p = { word < LOCATED_OTHER ? word : NOT_MAPPED, CODED_FPR };

  if (word >= STACK_WORD)
    p.code = CODED_STACK;
  else if (word >= GPR_WORD)
    p.code = CODED_GPR;
  if (p.code != CODED_FPR && words > 1)
    p.code = words > 2 ? CODED_END : p.code + CODED_GPR_GPR - CODED_GPR;
  return p;
}
_Static_assert(CODED_STACK_STACK - CODED_STACK == CODED_GPR_GPR - CODED_GPR, "codes");

/* Of a value passed by address, which is at WORD.  */
FFI_INLINE struct mapped
map_address (size_t word)
{
  return (struct mapped){ word < 1 << LOCATED_BITS ? LOCATED_OTHER | word : NOT_MAPPED,
                          word < STACK_WORD ? CODED_GPR_ADDRESS : CODED_STACK_ADDRESS };
}

/* Of one in several FPRs, LOC, the first at WORD.  */
FFI_INLINE struct mapped
map_fprs (struct ffi_loc loc, size_t word)
{
  const unsigned more = loc.count - 2;

  switch (loc.size)
    {
    case 4:
      return (struct mapped){ LOCATED_OTHER | LOCATED_JOIN | word, CODED_FLOATS + more };
    case 8:
      return (struct mapped){ LOCATED_OTHER | LOCATED_JOIN | LOCATED_DOUBLES | word,
                              CODED_DOUBLES + more };
    case FPR_SIZE:
      return (struct mapped){ word, more == 0 ? CODED_QUADS : CODED_END };
    default:
      return (struct mapped){ NOT_MAPPED, CODED_END };
    }
}

/* Of the next argument, of TYPE.  */
static __attribute__ ((noinline)) struct mapped
map_next (struct ffi_assign *a, const ffi_type *type)
{
  const struct mapped none = { NOT_MAPPED, CODED_END };
  const struct ffi_loc loc = ffi_port_next (a, type, 0);

  if (loc.kind == LOC_NONE || type->alignment > 16)
    return none;
  if (loc.kind == LOC_FPR && loc.count > 1)
    return map_fprs (loc, loc.fpr * (FPR_SIZE / 8u));
  const size_t word = loc.kind == LOC_FPR   ? loc.fpr * (FPR_SIZE / 8u)
                      : loc.kind == LOC_GPR ? GPR_WORD + (size_t) loc.gpr
                                            : STACK_WORD + loc.offset / 8;
  if (loc.by_address)
    return map_address (word);
  struct mapped p = map_words (word, (type->size + 7) / 8);
  /* Codes know no gaps.  */
  if (loc.kind != LOC_FPR && ffi_alignment_of (type) > 8)
    p = (struct mapped){ word % 2 == 0 ? p.byte : NOT_MAPPED, CODED_END };
  return p;
}

void ffi_entry_located (void) __attribute__ ((visibility ("hidden")));
void ffi_entry_coded (void) __attribute__ ((visibility ("hidden")));
#define PORT_OTHER_ENTRIES(add) add (ffi_entry_located) add (ffi_entry_coded)

/* Of the next argument, of TYPE, if that is a scalar of a word.  */
FFI_INLINE struct mapped
map_scalar (struct ffi_assign *a, bool floating)
{
  if (!floating && a->ngrn < GPRS)
    return (struct mapped){ GPR_WORD + a->ngrn++, CODED_GPR };
  if (floating && a->nsrn < FPRS)
    return (struct mapped){ FPR_SIZE / 8 * a->nsrn++, CODED_FPR };
  const size_t word = STACK_WORD + a->nsaa / 8;
  a->nsaa += 8;
  return (struct mapped){ word < LOCATED_OTHER ? word : NOT_MAPPED, CODED_STACK };
}

static ffi_entry
other_entry (const ffi_cif *cif, unsigned char *map)
{
  const unsigned nargs = cif->nargs;
  struct ffi_assign a;
  uint64_t codes = 0;

  if (LOW_PART (8, 4) != 0 || nargs > CODED_ARGS || (cif->flags & FLAG_NO_FPRS) != 0)
    return NULL;
  ffi_port_start (&a, cif, 0);
  for (unsigned i = 0; i < nargs; i++)
    {
      const ffi_type *type = cif->arg_types[i];
      struct mapped p = ffi_is_word (type)       ? map_scalar (&a, false)
                        : ffi_is_floating (type) ? map_scalar (&a, true)
                                                 : map_next (&a, type);
      if (nargs > MAP_SIZE)
        {
          if (p.code == CODED_END)
            return NULL;
          codes |= (uint64_t) p.code << 4 * i;
        }
      else
        {
          if (p.byte == NOT_MAPPED)
            return NULL;
          map[i] = p.byte;
        }
    }
  if (nargs <= MAP_SIZE)
    return ffi_entry_located;
  memcpy (map, &codes, sizeof codes);
  return ffi_entry_coded;
}

#include "one_entry.h"

/* --- Trampolines in memory of the program's --------------------------------- */

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
