/* SPDX-License-Identifier: MIT */
/* Sealed closures: all that a call follows lies in a page that is read-only.

   The page is one of a table's slots; the trampoline of its first slot is the closure's
   code.  What the caller got as ffi_closure is memory elsewhere, with an ordinary pair,
   which only leads from there to the page.  A closure's page belongs to its owner alone,
   so nothing here needs a lock.  */

#ifndef FFI_SEAL_H
#define FFI_SEAL_H

#include "slots.h"

/* The content of a page: a closure as entry code reads it, then what it refers to.  */
struct ffi_sealed
{
  union
  {
    struct ffi_pair pair; /* its data is the page */
    ffi_closure closure;
    ffi_raw_closure raw;
  };
  ffi_cif cif;            /* a copy of the caller's */
  void *memory;           /* what the caller frees */
  void *copy;             /* the caller's closure, somewhere in it as a rule */
  struct ffi_pair *owner; /* its pair, whose data is the page, too */
  void *extra;            /* a mapping for types that find no room here, or null */
  size_t extra_size;
  bool sealed; /* the page is read-only */
  void *space[];
};

/* Whether there can be sealed closures, or freed ones that return.  Where there are
   neither, no more than this is asked.  */
enum
{
  SEAL_UNDECIDED,
  SEAL_NEVER,
  SEAL_SOME, /* those that ffi_closure_seal was called for, if any */
  SEAL_ALL
};
extern _Atomic unsigned ffi_seal_state __attribute__ ((visibility ("hidden")));

static inline bool
ffi_seals (void)
{
  return unlikely (atomic_load_explicit (&ffi_seal_state, memory_order_relaxed)
                   != SEAL_NEVER);
}

/* Decide, if that was not done, and say whether every closure is to be sealed; and let
   there be sealed closures from now on.  */
bool ffi_seals_all (void);
void ffi_seal_some (void);

/* A page, not yet prepared or sealed, for the closure MEMORY, whose own pair is OWNER.
   Null with errno ENOMEM.  */
struct ffi_sealed *ffi_seal_alloc (void *memory, struct ffi_pair *owner);

/* Free S.  A call of the closure reports, unless the system refuses all that this
   needs.  */
void ffi_seal_free (struct ffi_sealed *s);

/* Forget where pages were claimed.  */
void ffi_seal_reset (void);

/* The page that begins at ADDRESS, or null.  */
struct ffi_sealed *ffi_seal_page (const void *address);

/* The page of PAIR, which lies in it or leads to it; or null.  */
struct ffi_sealed *ffi_seal_of (struct ffi_pair *pair);

/* Prepare S as CLOSURE and seal it.  An error leaves it as it was, or, where it cannot
   be sealed again, unprepared; errno says why.  */
ffi_status ffi_seal_prep (struct ffi_sealed *s, ffi_closure *closure, ffi_cif *cif,
                          ffi_handler fun, void *user_data, ffi_entry_chooser choose);

#endif
