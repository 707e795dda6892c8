/* SPDX-License-Identifier: MIT */
/* Large closures: larger than any run of slots.  */

#ifndef FFI_BLOCK_H
#define FFI_BLOCK_H

#include "tables.h"

/* What ffi_slot_alloc, ffi_slot_free and ffi_slot_pair do where there is no table.  */
void *ffi_large_alloc (size_t size, void **code);
void ffi_large_free (void *memory);
struct ffi_pair *ffi_large_pair (const void *memory);

#endif
