/* SPDX-License-Identifier: MIT */
/* Freed closures that return.  A process asks for them by LIBFFI_FREED=return: a call of
   a freed closure then gets zeros, of the type that its signature says, instead of ending
   the process.

   When a closure is prepared, its slots remember a stand-in for its signature: a closure
   with a copy of the cif and a handler that stores zeros.  Freeing the closure leaves the
   stand-in in the pair.  There is one for all closures of a signature, which lives as
   long as the process.  Where memory for it is short, the call ends the process.  */

#ifndef FFI_FREED_H
#define FFI_FREED_H

#include "port.h"
#include "tables.h"

/* Whether the environment says so.  To be called before there are closures.  */
bool ffi_freed_decide (void);

/* What is remembered is the last word of a closure's slots, which end at END and have
   been allocated so that the caller does not use it.  First nothing.  */
void ffi_freed_forget (void *end);

/* Remember a stand-in for closures with CIF, whose entry CHOOSE chooses.  */
void ffi_freed_remember (void *end, const ffi_cif *cif, ffi_entry_chooser choose);

/* In such a process: what PAIR, the first of the slots that end at END and are about to
   be freed, is to hold as code; the data is stored.  */
ffi_entry ffi_freed_entry (struct ffi_pair *pair, void *end);

#endif
