/* SPDX-License-Identifier: MIT */
/* Unmapping, which can fail: it may split a mapping in two where the system allows no
   further one.  */

#ifndef FFI_UNMAP_H
#define FFI_UNMAP_H

#include "ffi_common.h"

/* Unmap the SIZE bytes at START, now or later.  */
void ffi_unmap (void *start, size_t size);

/* Try again what could not be unmapped.  Returns 0, or the error number with which some
   of it still cannot: ENOMEM if that is for a shortage, which leftovers would make worse;
   others if the process may not unmap any more.  */
int ffi_unmap_late (void);

/* SIZE bytes at a multiple of ALIGNMENT that could not be unmapped, to be mapped anew by
   the caller; null: there are none.  */
void *ffi_unmap_take (size_t size, uintptr_t alignment);

#endif
