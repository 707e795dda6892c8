/* SPDX-License-Identifier: MIT */
/* Unmapping, which can fail: it may split a mapping in two where the system allows no
   further one.  */

#ifndef FFI_UNMAP_H
#define FFI_UNMAP_H

#include "ffi_common.h"

/* Unmap the SIZE bytes at START, now or later.  */
void ffi_unmap (void *start, size_t size);

/* Try again what could not be unmapped.  Returns false if some of it still cannot; then
   nothing more should be mapped.  */
bool ffi_unmap_late (void);

#endif
