/* SPDX-License-Identifier: MIT */
/* Closures on x86-64: which entry code a closure gets, and the general collection of
   arguments by the System V psABI.  */

#include "arch.h"
#include "internal64.h"
#include <string.h>

#define ENTRY(name) void name (void), name##_go (void)
ENTRY (ffi_entry64_narrow);
ENTRY (ffi_entry64_xmm);
ENTRY (ffi_entry64_ymm);
ENTRY (ffi_entry64_zmm);
ENTRY (ffi_entry_win64);

/* The general entry, by the widest vector register in use.  */
static ffi_entry
general_entry (const ffi_cif *cif, bool go)
{
  if (!ffi_arch_has_abi (cif->abi))
    return NULL;
  if (cif->abi != FFI_UNIX64)
    return go ? ffi_entry_win64_go : ffi_entry_win64;
  switch ((cif->flags & FLAG64_WIDE_MASK) >> FLAG64_WIDE_SHIFT)
    {
    case 0:
      return go ? ffi_entry64_narrow_go : ffi_entry64_narrow;
    case 1:
      return go ? ffi_entry64_xmm_go : ffi_entry64_xmm;
    case 2:
      return go ? ffi_entry64_ymm_go : ffi_entry64_ymm;
    default:
      return go ? ffi_entry64_zmm_go : ffi_entry64_zmm;
    }
}

/* --- Specialised entries ---------------------------------------------------- */

struct family
{
  unsigned char gprs, sses, args, mapped;
};

static const struct family families[] = {
#define F(gprs, sses, args, mapped) { gprs, sses, args, mapped },
  FAST_FAMILIES64
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
  unsigned gprs, sses;        /* registers used */
  unsigned char at[MAP_SIZE]; /* per argument, see below */
  bool in_order;              /* argument i is in the i-th register used */
};

/* Kinds of layout.at, and the number of the first word.  */
enum
{
  AT_SSE = 16,
  AT_STACK = 32
};

/* Fill in LAYOUT.  False if an argument is not one run of words, wants more than a
   word's alignment in registers, or is too far up the stack.  */
static bool
find_layout (const ffi_cif *cif, struct layout *layout)
{
  struct walk64 w = ffi_start_walk64 (cif);
  size_t offset = 0;

  w.gprs = (cif->flags & RET64_MASK) == RET64_MEMORY;
  layout->in_order = w.gprs == 0;
  for (unsigned i = 0; i < cif->nargs; i++)
    {
      unsigned gpr = w.gprs, sse = w.sses, at;
      switch (ffi_next_place64 (&w, cif->arg_types[i], &offset))
        {
        case PLACE_NONE:
        case PLACE_GPR:
        case PLACE_GPR_GPR:
          at = gpr;
          break;
        case PLACE_SSE:
        case PLACE_SSE_SSE:
          at = AT_SSE + sse;
          break;
        case PLACE_MEMORY:
          if (offset / 8 >= 192 || w.align > 16)
            return false;
          at = AT_STACK + offset / 8;
          break;
        default:
          return false;
        }
      if (at < AT_STACK && cif->arg_types[i]->alignment > 8)
        return false;
      layout->at[i] = at;
      layout->in_order &= at == i || at == AT_SSE + i;
    }
  layout->gprs = w.gprs;
  layout->sses = w.sses;
  layout->in_order &= w.gprs == 0 || w.sses == 0;
  return true;
}

/* Translate LAYOUT into words of FAMILY's frame.  */
static void
fill_map (unsigned char *map, const struct layout *layout, unsigned nargs,
          const struct family *family)
{
  unsigned gpr = 2 + family->args, sse = gpr + family->gprs;
  unsigned stack = ((sse + family->sses) | 1) + 1;

  for (unsigned i = 0; i < nargs; i++)
    map[i] = layout->at[i] >= AT_STACK ? stack + layout->at[i] - AT_STACK
             : layout->at[i] >= AT_SSE ? sse + layout->at[i] - AT_SSE
                                       : gpr + layout->at[i];
}

/* The specialised entry for CIF, or null; it may rely on MAP if that is not null.  */
static ffi_entry
fast_entry (const ffi_cif *cif, unsigned char *map)
{
  unsigned code = cif->flags & RET64_MASK;
  struct layout layout;

  if (code == RET64_FLOAT)
    code = RET64_DOUBLE;
  if (cif->nargs > MAP_SIZE || code >= FAST_RESULTS64 || !find_layout (cif, &layout))
    return NULL;
  for (unsigned f = 0; f < FAMILIES; f++)
    {
      const struct family *family = &families[f];
      if (cif->nargs > family->args || layout.gprs > family->gprs
          || layout.sses > family->sses || (family->mapped ? !map : !layout.in_order)
          || ffi_fast_table64[f][code] == 0)
        continue;
      if (family->mapped)
        fill_map (map, &layout, cif->nargs, family);
      return (ffi_entry) ((char *) ffi_fast_table64 + ffi_fast_table64[f][code]);
    }
  return NULL;
}

ffi_entry
ffi_arch_closure_entry (const ffi_cif *cif, unsigned char *map)
{
  ffi_entry entry = cif->abi == FFI_UNIX64 ? fast_entry (cif, map) : NULL;

  return entry != NULL ? entry : general_entry (cif, false);
}

ffi_entry
ffi_arch_go_entry (const ffi_cif *cif)
{
  return general_entry (cif, true);
}

void
ffi_arch_write_trampoline (char *tramp, void *codeloc, ffi_entry entry)
{
  /* endbr64; lea 5(%rip), %r10; jmp *8(%r10); nop - the pair follows.  */
  static const unsigned char code[16]
      = { 0xf3, 0x0f, 0x1e, 0xfa, 0x4c, 0x8d, 0x15, 0x05,
          0,    0,    0,    0x41, 0xff, 0x62, 0x08, 0x90 };

  memcpy (tramp, code, sizeof code);
  memcpy (tramp + 16, &codeloc, 8);
  memcpy (tramp + 24, &entry, 8);
}

/* Put two eightbytes together where they are aligned for any value that travels in
   two registers.  Of a value in one, the second is padding.  */
static void *
join (void *to, const void *first, const void *second)
{
  memcpy (to, first, 8);
  memcpy ((char *) to + 8, second, 8);
  return to;
}

unsigned
ffi_closure_inner64 (ffi_cif *cif, ffi_handler fun, void *user_data, struct regs64 *regs,
                     size_t stride, char *stack, void *result)
{
  void **args = __builtin_alloca (cif->nargs * sizeof (void *));
  /* For values that are not aligned, or not in one piece, where they were saved.  */
  _Alignas(16) char joined[GPRS + SSES][16];
  struct walk64 w = ffi_start_walk64 (cif);
  unsigned code = cif->flags & RET64_MASK, n = 0;

  if (code == RET64_MEMORY)
    result = *(void **) result = (void *) (uintptr_t) regs->gpr[w.gprs++];
  for (unsigned i = 0; i < cif->nargs; i++)
    {
      const ffi_type *type = cif->arg_types[i];
      uint64_t *gpr = &regs->gpr[w.gprs];
      char *sse = &regs->sse[w.sses * stride];
      size_t offset = 0;

      switch (ffi_next_place64 (&w, type, &offset))
        {
        case PLACE_GPR:
        case PLACE_GPR_GPR:
          args[i] = type->alignment > 8 ? join (joined[n++], gpr, gpr + 1) : gpr;
          break;
        case PLACE_SSE:
          args[i] = type->alignment > 8 ? join (joined[n++], sse, sse) : sse;
          break;
        case PLACE_SSE_SSE:
          args[i] = join (joined[n++], sse, sse + stride);
          break;
        case PLACE_GPR_SSE:
          args[i] = join (joined[n++], gpr, sse);
          break;
        case PLACE_SSE_GPR:
          args[i] = join (joined[n++], sse, gpr);
          break;
        case PLACE_MEMORY:
          args[i] = stack + offset;
          break;
        default: /* One vector register, or an empty struct anywhere.  */
          args[i] = sse;
          break;
        }
    }
  fun (cif, result, args, user_data);
  return code;
}
