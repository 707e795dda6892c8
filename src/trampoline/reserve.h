/* SPDX-License-Identifier: MIT */
/* The reserve: addresses in the library's image for the first grown tables, and for what
   must not be unmapped beside other threads.  */

#ifndef FFI_RESERVE_H
#define FFI_RESERVE_H

#include "ffi_common.h"

/* Memory of SIZE bytes for the table with NUMBER, whose descriptor is the caller's;
   readable and writable, in a region of its own, and in the library's image if it has
   reserved any.  Returns null with errno.  */
char *ffi_reserve_alloc (unsigned number, size_t size);

/* Release the memory of a table with TEXT bytes and slots behind them.  */
void ffi_reserve_release (char *start, size_t text, size_t size);

/* Release it after ENOTRECOVERABLE: the pages of the text may be somebody else's, and are
   not touched.  */
void ffi_reserve_abandon (char *start, size_t text, size_t size);

/* SIZE bytes of zeros that last: other threads may read them at any time, so nobody
   unmaps them.  They lie in the image's reserve as long as that lasts, where they go with
   it, or else anywhere.  Returns null with errno.  */
void *ffi_lasting_alloc (size_t size);

/* START, SIZE bytes of such memory, is not needed: nobody but the caller knows it.  */
void ffi_lasting_free (void *start, size_t size);

/* Whether START lies in the image.  */
bool ffi_is_lasting (const void *start);

/* What the image reserves, tables first; defined by reserve_section.S, or not at all.  */
extern char ffi_grown_tables[] __attribute__ ((weak, visibility ("hidden")));
extern char ffi_lasting[] __attribute__ ((weak, visibility ("hidden")));
extern char ffi_reserve_end[] __attribute__ ((weak, visibility ("hidden")));

/* The address of one of these.  In a register: what compares with it as it stands in the
   GOT keeps that entry, a relocation each time the library is loaded.  */
static inline uintptr_t
ffi_reserve_address (const char *symbol)
{
  __asm__("" : "+r"(symbol));
  return (uintptr_t) symbol;
}

#endif
