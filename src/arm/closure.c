/* SPDX-License-Identifier: MIT */
/* Closures by the Procedure Call Standard for the Arm Architecture: which entry code a
   closure gets.  */

#include "flags.h"
#include "port.h"
#include <string.h>

/* Said to be hidden, so that their addresses need no relocation.  */
void ffi_entry_general (void) __attribute__ ((visibility ("hidden")));
void ffi_entry_general_vfp (void) __attribute__ ((visibility ("hidden")));
void ffi_entry_dynamic (void) __attribute__ ((visibility ("hidden")));
void ffi_entry_dynamic_vfp (void) __attribute__ ((visibility ("hidden")));
void ffi_entry_go (void) __attribute__ ((visibility ("hidden")));
void ffi_entry_go_vfp (void) __attribute__ ((visibility ("hidden")));

static const struct family
{
  unsigned char vfp, args;
} families[] = {
#define F(vfp, args) { vfp, args },
  FAST_FAMILIES
#undef F
};

/* The specialised entry for CIF, or null.  */
static ffi_entry
fast_entry (const ffi_cif *cif)
{
  bool vfp = cif->flags & FLAG_VFP_ARGUMENTS;
  unsigned code = cif->flags & RET_MASK;

  if ((cif->flags & FLAG_MAPPED) == 0)
    return NULL;
  for (unsigned f = 0; f < sizeof families / sizeof families[0]; f++)
    if (families[f].vfp == vfp && cif->nargs <= families[f].args
        && ffi_fast_table[f][code] != 0)
      return (ffi_entry) ((char *) ffi_fast_table + ffi_fast_table[f][code]);
  return NULL;
}

ffi_entry
ffi_port_closure_entry (const ffi_cif *cif, unsigned char *map)
{
  ffi_entry entry;

  if (!ffi_port_has_abi (cif->abi))
    return NULL;
  if (map == NULL)
    return cif->flags & FLAG_VFP ? ffi_entry_dynamic_vfp : ffi_entry_dynamic;
  entry = fast_entry (cif);
  if (entry != NULL)
    return entry;
  return cif->flags & FLAG_VFP ? ffi_entry_general_vfp : ffi_entry_general;
}

ffi_entry
ffi_port_go_entry (const ffi_cif *cif)
{
  if (!ffi_port_has_abi (cif->abi))
    return NULL;
  return cif->flags & FLAG_VFP ? ffi_entry_go_vfp : ffi_entry_go;
}

unsigned
ffi_port_entries (ffi_entry *to)
{
  ffi_entry *end = ffi_append_entries (to, ffi_fast_table[0],
                                       sizeof families / sizeof families[0] * RET_COUNT);

  *end++ = ffi_entry_general;
  *end++ = ffi_entry_general_vfp;
  *end++ = ffi_entry_freed;
  *end++ = ffi_entry_unprepared;
  return end - to;
}

void
ffi_port_write_trampoline (char *tramp, void *codeloc, ffi_entry entry)
{
  /* sub ip, pc, #8; ldr pc, [pc, #-4] - the entry follows.  There is no room for a
     pair: the entry finds the closure itself in ip.  */
  static const uint32_t code[2] = { 0xe24fc008, 0xe51ff004 };

  memcpy (tramp, code, sizeof code);
  memcpy (tramp + sizeof code, &entry, sizeof entry);
  __builtin___clear_cache (tramp, tramp + FFI_TRAMPOLINE_SIZE);
  __builtin___clear_cache (codeloc, (char *) codeloc + FFI_TRAMPOLINE_SIZE);
}
