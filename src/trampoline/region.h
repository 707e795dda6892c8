/* SPDX-License-Identifier: MIT */
/* Regions: aligned pieces of the address space, of which each holds one table or one
   large closure and nothing else that closures are made of.  */

#ifndef FFI_REGION_H
#define FFI_REGION_H

#include "ffi_common.h"
#include "target.h"

#define REGION ((uintptr_t) 1 << REGION_SHIFT)

/* Reserve SIZE bytes at a region boundary, readable and writable.  Returns null
   with errno.  */
char *ffi_region_reserve (size_t size);

#endif
