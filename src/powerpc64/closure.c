/* SPDX-License-Identifier: MIT */
/* Closures by the ELFv2 ABI: which entry code a closure gets.  */

#include "classify.h"
#include "family_table.h"
#include "port.h"

/* --- Specialised entries ---------------------------------------------------- */

enum
{
  MAP_REACH = 64 /* doublewords of memory that the map reaches: its numbers have 8 bits */
};

/* Where one argument was saved: in the first of such registers, or in memory.  */
struct saved
{
  enum
  {
    IN_GPR,
    IN_FPR,
    IN_FLOAT,
    IN_MEMORY
  } where;
  unsigned at;
};

/* All arguments of a signature.  */
struct saved_arguments
{
  unsigned gprs, fprs; /* registers used */
  struct saved args[MAP_SIZE];
  bool in_order; /* argument i is in the i-th register used */
};

/* Fill in SAVED for a value of TYPE in LOC.  False if the handler cannot have it where it
   was saved, registers being next to each other there.  */
static bool
find_saved (struct saved *saved, const ffi_type *type, struct ffi_loc loc)
{
  if (loc.by_address || ffi_alignment_of (type) > 8)
    return false;
  switch (loc.kind)
    {
    case LOC_GPR:
      *saved = (struct saved){ IN_GPR, loc.gpr };
      return loc.gpr + loc.count <= GPRS;
    case LOC_STACK:
      *saved = (struct saved){ IN_MEMORY, loc.offset / WORD - GPRS };
      return saved->at < MAP_REACH;
    case LOC_FPR:
      *saved = (struct saved){ IN_FPR, loc.fpr };
      return loc.size == 8;
    case LOC_OTHER:
      *saved = (struct saved){ IN_FLOAT, loc.fpr };
      return (loc.second & OTHER_WORDS) == 0 && type->alignment <= 4;
    default:
      return false;
    }
}

/* Fill in ARGUMENTS, those of CIF.  False if the handler cannot have one of them so.  */
static bool
find_arguments (const ffi_cif *cif, struct saved_arguments *arguments)
{
  struct ffi_assign a;

  ffi_port_start (&a, cif, 0);
  *arguments = (struct saved_arguments){ .gprs = a.sret != SRET_NONE, .in_order = true };
  for (unsigned i = 0; i < cif->nargs; i++)
    {
      struct saved *saved = &arguments->args[i];
      struct ffi_loc loc = ffi_port_next (&a, cif->arg_types[i], 0);
      if (!find_saved (saved, cif->arg_types[i], loc))
        return false;
      if (saved->where == IN_GPR)
        arguments->gprs = saved->at + loc.count;
      arguments->in_order
          &= saved->at == i && (saved->where == IN_GPR || saved->where == IN_FPR);
    }
  arguments->fprs = a.nsrn;
  arguments->in_order &= arguments->gprs == 0 || arguments->fprs == 0;
  return true;
}

/* Fill in MAP: in which byte of FAMILY's frame each of NARGS ARGUMENTS starts.  */
static void
fill_map (unsigned char *map, const struct saved_arguments *arguments, unsigned nargs,
          const struct family *family)
{
  unsigned gprs = FAST_POINTERS + 8 * family->args, fprs = gprs + 8 * family->gprs;
  unsigned floats = fprs + 8 * family->fprs;
  unsigned frame = FFI_ALIGN_UP (floats + 4 * family->fprs, 16);

  for (unsigned i = 0; i < nargs; i++)
    {
      const struct saved *saved = &arguments->args[i];
      unsigned at = saved->where == IN_GPR     ? gprs + 8 * saved->at
                    : saved->where == IN_FPR   ? fprs + 8 * saved->at
                    : saved->where == IN_FLOAT ? floats + 4 * saved->at
                                               : frame + SAVE_AREA_END + 8 * saved->at;
      map[i] = at / FAST_UNIT;
    }
}

/* The specialised entry for CIF, or null; it may rely on MAP.  */
static ffi_entry
fast_entry (const ffi_cif *cif, unsigned char *map)
{
  unsigned code = cif->flags & RET_MASK;
  struct saved_arguments arguments;

  if (cif->nargs > MAP_SIZE || !find_arguments (cif, &arguments))
    return NULL;
  for (unsigned f = 0; f < FAMILIES; f++)
    {
      const struct family *family = &families[f];
      if (cif->nargs > family->args || arguments.gprs > family->gprs
          || arguments.fprs > family->fprs || (!family->mapped && !arguments.in_order)
          || ffi_fast_table[f][code] == 0)
        continue;
      if (family->mapped)
        fill_map (map, &arguments, cif->nargs, family);
      return family_entry (f, code);
    }
  return NULL;
}

#include "one_entry.h"

/* Make the instructions of a trampoline that were written at TRAMP the ones that are
   executed, wherever that is.  POWER8 and later processors keep caches of instructions
   consistent with memory: one icbi of any address makes them forget what they fetched.
   Where the code will be executed there may be no memory yet, and icbi would fault.  The
   compiler's way does nothing on this target.  */
static void
synchronize (const char *tramp)
{
  __asm__ volatile("sync; icbi 0,%0; sync; isync" : : "r"(tramp) : "memory");
}

void
ffi_port_write_trampoline (char *tramp, void *codeloc, ffi_entry entry)
{
  /* mr 11,12; ld 12,16(12); mtctr 12; bctr - the entry follows, which finds the closure
     itself in r11.  */
  static const uint32_t code[4] = { 0x7d8b6378, 0xe98c0010, 0x7d8903a6, 0x4e800420 };

  memcpy (tramp, code, sizeof code);
  memcpy (tramp + sizeof code, &entry, sizeof entry);
  (void) codeloc;
  synchronize (tramp);
}
