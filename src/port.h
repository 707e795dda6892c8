/* SPDX-License-Identifier: MIT */
/* What a port provides, the directory of one instruction set: these functions, and the
   constants of its target.h.  */

#ifndef FFI_PORT_H
#define FFI_PORT_H

#include "ffi_common.h"
#include <limits.h>

/* Let the compiler know that these need no help of the dynamic linker.  */
#pragma GCC visibility push(hidden)

/* Is ABI one that this build can call?  */
bool ffi_port_has_abi (ffi_abi abi);

#define FFI_NOT_VARIADIC UINT_MAX

/* Fill in cif->bytes and cif->flags, of which the first NFIXED arguments are named ones;
   NFIXED is FFI_NOT_VARIADIC unless the function is variadic.  The ABI and the types
   have not been checked: all that is not a usual signature of scalars is left to
   ffi_prep_checked.  */
ffi_status ffi_port_prep_cif (ffi_cif *cif, unsigned nfixed);

/* Check CIF, lay out its types, and have it prepared by ffi_port_prep_general.  */
ffi_status ffi_prep_checked (ffi_cif *cif, unsigned nfixed);

/* The same as ffi_port_prep_cif for any CIF that has been checked.  */
ffi_status ffi_port_prep_general (ffi_cif *cif, unsigned nfixed);

/* A call plan: a cif that nobody else can change, and what ffi_port_plan found out
   about it for the architecture's ffi_call_plan_invoke.  */
enum
{
  FFI_PLAN_STEPS = 10
};
struct ffi_call_plan
{
  ffi_cif cif;
  const void *steps[FFI_PLAN_STEPS];
};
void ffi_port_plan (struct ffi_call_plan *plan);

/* Choose the entry code for closures with CIF.  MAP, unless null, is the part of
   the closure's trampoline area behind the pair; the entry may rely on what is
   stored there.  Null: the ABI has no closures.  */
ffi_entry ffi_port_closure_entry (const ffi_cif *cif, unsigned char *map);

#if FFI_NATIVE_RAW_API
/* The same for raw closures.  */
ffi_entry ffi_port_raw_entry (const ffi_cif *cif, unsigned char *map);
#endif

/* The same for Go closures: the static chain register points to the closure.  */
ffi_entry ffi_port_go_entry (const ffi_cif *cif);

/* Store at TO, which has room for 512, all entry code that a slot's pair may lead to;
   returns how many.  */
unsigned ffi_port_entries (ffi_entry *to);

/* For it: append the COUNT specialised entries whose distances from TABLE, or 0, are in
   it.  Returns the new end.  */
static inline ffi_entry *
ffi_append_entries (ffi_entry *to, const int32_t *table, unsigned count)
{
  for (unsigned i = 0; i < count; i++)
    if (table[i] != 0)
      *to++ = (ffi_entry) ((char *) table + table[i]);
  return to;
}

/* Fill the FFI_TRAMPOLINE_SIZE bytes at TRAMP with a trampoline that works at
   address CODELOC and enters ENTRY, which was chosen without a map, for the closure
   at CODELOC.  */
void ffi_port_write_trampoline (char *tramp, void *codeloc, ffi_entry entry);

/* Entry code for slots that hold no closure: report and abort.  */
void ffi_entry_freed (void) __attribute__ ((visibility ("hidden")));
void ffi_entry_unprepared (void) __attribute__ ((visibility ("hidden")));

/* Where PUSHED_ENTRY is not 0: continue at the code of the pair behind the slot's, with
   the designated register at that.  */
void ffi_entry_next_pair (void);

#pragma GCC visibility pop

#endif
