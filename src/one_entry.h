/* SPDX-License-Identifier: MIT */
/* For closure.c of a port where closures that have no specialised entry have one general
   entry, whatever their convention.  Before it is included, the port defines

   static ffi_entry fast_entry (const ffi_cif *cif, unsigned char *map);
     the specialised entry for CIF, or null; it may rely on MAP
   FAST_ENTRIES, the words of ffi_fast_table

   and, if it has entries for what neither serves,

   static ffi_entry other_entry (const ffi_cif *cif, unsigned char *map);
     likewise, one of them
   PORT_OTHER_ENTRIES (ADD): ADD (entry) for each of them  */

#ifndef FFI_ONE_ENTRY_H
#define FFI_ONE_ENTRY_H

#include "port.h"

/* Said to be hidden, so that their addresses need no relocation.  */
void ffi_entry_general (void) __attribute__ ((visibility ("hidden")));
void ffi_entry_dynamic (void) __attribute__ ((visibility ("hidden")));
void ffi_entry_go (void) __attribute__ ((visibility ("hidden")));

ffi_entry
ffi_port_closure_entry (const ffi_cif *cif, unsigned char *map)
{
  ffi_entry entry;

  if (!ffi_port_has_abi (cif->abi))
    return NULL;
  if (map == NULL)
    return ffi_entry_dynamic;
  entry = fast_entry (cif, map);
#ifdef PORT_OTHER_ENTRIES
  if (entry == NULL)
    entry = other_entry (cif, map);
#endif
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
  ffi_entry *end = ffi_append_entries (to, ffi_fast_table[0], FAST_ENTRIES);

  *end++ = ffi_entry_general;
#ifdef PORT_OTHER_ENTRIES
#define ADD(entry) *end++ = entry;
  PORT_OTHER_ENTRIES (ADD)
#undef ADD
#endif
  *end++ = ffi_entry_freed;
  *end++ = ffi_entry_unprepared;
  return end - to;
}

#endif
