/* SPDX-License-Identifier: MIT */
/* Large closures: larger than any run of slots.  Each has a region of the address space
   to itself, and one slot, which holds only the pair.  */

#ifndef FFI_LARGE_H
#define FFI_LARGE_H

#include "tables.h"

/* SIZE bytes and a trampoline whose address goes to *CODE; null with errno ENOMEM.  */
void *ffi_large_alloc (size_t size, void **code);

/* Free MEMORY; abort with a message if it is none of a large closure's.  */
void ffi_large_free (void *memory);

/* The pair of the large closure whose memory starts at MEMORY, or null.  */
struct ffi_pair *ffi_large_find (const void *memory);

#endif
