/* SPDX-License-Identifier: MIT */
/* Closures on x86-64: which entry code a closure gets.  */

#include "classify.h"
#include "port.h"
#include "fast_entry.h"
#include <string.h>

/* Said to be hidden, so that their addresses need no relocation.  */
#define HIDDEN __attribute__ ((visibility ("hidden")))
#define ENTRY(name) void name (void) HIDDEN, name##_go (void) HIDDEN
ENTRY (ffi_entry_narrow);
ENTRY (ffi_entry_xmm);
ENTRY (ffi_entry_ymm);
ENTRY (ffi_entry_zmm);
ENTRY (ffi_entry_win64);
void ffi_entry_win64_words (void) HIDDEN;

/* The general entry, by the widest vector register in use.  */
static ffi_entry
general_entry (const ffi_cif *cif, bool go)
{
  if (!ffi_port_has_abi (cif->abi))
    return NULL;
  if (cif->abi != FFI_UNIX64)
    return go ? ffi_entry_win64_go : ffi_entry_win64;
  switch ((cif->flags & FLAG_WIDE_MASK) >> FLAG_WIDE_SHIFT)
    {
    case 0:
      return go ? ffi_entry_narrow_go : ffi_entry_narrow;
    case 1:
      return go ? ffi_entry_xmm_go : ffi_entry_xmm;
    case 2:
      return go ? ffi_entry_ymm_go : ffi_entry_ymm;
    default:
      return go ? ffi_entry_zmm_go : ffi_entry_zmm;
    }
}

/* --- Specialised entries ---------------------------------------------------- */

struct family
{
  unsigned char gprs, sses, args, mapped;
};

static const struct family families[] = {
#define F(gprs, sses, args, mapped) { gprs, sses, args, mapped },
  FAST_FAMILIES
#undef F
};
_Static_assert(sizeof families / sizeof families[0] == FAMILY_LAST + 1, "all");
_Static_assert(FFI_TRAMPOLINE_SIZE - CLOSURE_MAP == MAP_SIZE, "room for the map");
_Static_assert(MAPPED_JOIN + GPRS * SSES * 2 - 1 <= UCHAR_MAX, "numbers of joins");

/* Note in MAP, behind its pointers, both words of each of the NARGS arguments that is
   joined, which then lies behind the integer registers.  */
static void
take_joins (unsigned char *map, unsigned nargs)
{
  unsigned char *words = map + JOINED_ARGS, at = GPRS;

  for (unsigned i = 0; i < 2 * JOINS; i++)
    words[i] = 0;
  for (unsigned i = 0; i < nargs; i++)
    if (map[i] >= MAPPED_JOIN)
      {
        unsigned join = map[i] - MAPPED_JOIN, order = join & 1;
        words[order] = join / 2 / SSES;
        words[!order] = MAPPED_FPR + join / 2 % SSES;
        words += 2;
        map[i] = at;
        at += 2;
      }
}

/* Fill in MAP: in which word of FAMILY's frame each argument of CIF starts.  */
static __attribute__ ((noinline)) void
fill_map (unsigned char *map, const ffi_cif *cif, const struct family *family)
{
  unsigned gpr = RESULT_WORDS (1) + family->args, sse = gpr + family->gprs;
  unsigned used = cif->nargs;
  struct ffi_assign a;

  ffi_fill_map (cif, map, &a);
  if (family->mapped == 2)
    {
      take_joins (map, used);
      used = MAP_SIZE;
      sse += 2 * JOINS;
    }
  /* Behind them are two words of KIND_ANY and a frame record.  */
  ffi_place_map (map, used, gpr, sse, sse + family->sses + 4);
}

const unsigned char ffi_fast_kinds[RET_COUNT] = {
#define R(name, kind) [RET_##name] = kind,
  RET_CODES
#undef R
};

/* The smallest family with a map for whatever FAMILY is for.  */
static unsigned
mapped_family (unsigned family)
{
  const struct family *f = &families[family];

  if (family >= FAMILY_MAPPED)
    return family;
  return FAMILY_MAPPED + (f->args <= 4 ? 0 : f->gprs <= 4 && f->sses <= 4 ? 1 : 2);
}

/* A closure whose entry needs the map, or that has a general one.  */
static ffi_entry
uncommon_entry (const ffi_cif *cif, unsigned family, unsigned char *map)
{
  unsigned code = cif->flags & RET_MASK;
  ffi_entry entry = NULL;

  if (cif->abi == FFI_UNIX64 && map != NULL && family <= FAMILY_LAST)
    {
      family = mapped_family (family);
      entry = ffi_fast_entry (family, code);
      if (entry == NULL && ffi_fast_kinds[code] != KIND_NONE)
        entry = ffi_fast_entry (family, RET_MEMORY);
    }
  if (entry == NULL)
    return cif->abi != FFI_UNIX64 && ffi_port_has_abi (cif->abi)
                   && (cif->flags & FLAG_WIN_WORDS)
               ? ffi_entry_win64_words
               : general_entry (cif, false);
  fill_map (map, cif, &families[family]);
  return entry;
}

ffi_entry
ffi_port_closure_entry (const ffi_cif *cif, unsigned char *map)
{
  unsigned family = (cif->flags >> FLAG_FAMILY_SHIFT) - 1;
  ffi_entry entry = ffi_port_fast_entry (cif, map);

  return entry != NULL ? entry : uncommon_entry (cif, family, map);
}

ffi_entry
ffi_port_go_entry (const ffi_cif *cif)
{
  return general_entry (cif, true);
}

unsigned
ffi_port_entries (ffi_entry *to)
{
  ffi_entry *end = to;

  for (unsigned family = 0; family <= FAMILY_LAST; family++)
    for (unsigned kind = 0; kind < KINDS; kind++)
      if (ffi_fast_table[family][kind] != 0)
        *end++ = ffi_fast_entry_at (family, kind);
  *end++ = ffi_entry_narrow;
  *end++ = ffi_entry_xmm;
  *end++ = ffi_entry_ymm;
  *end++ = ffi_entry_zmm;
  *end++ = ffi_entry_win64;
  *end++ = ffi_entry_win64_words;
  *end++ = ffi_entry_freed;
  *end++ = ffi_entry_unprepared;
  return end - to;
}

void
ffi_port_write_trampoline (char *tramp, void *codeloc, ffi_entry entry)
{
  /* endbr64; lea 5(%rip), %r10; jmp *8(%r10); nop - the pair follows.  */
  static const unsigned char code[16]
      = { 0xf3, 0x0f, 0x1e, 0xfa, 0x4c, 0x8d, 0x15, 0x05,
          0,    0,    0,    0x41, 0xff, 0x62, 0x08, 0x90 };

  memcpy (tramp, code, sizeof code);
  memcpy (tramp + 16, &codeloc, 8);
  memcpy (tramp + 24, &entry, 8);
}
