/* SPDX-License-Identifier: MIT */
/* What the slot allocator does with words: C11 has all of it.  Its compare-and-swap is
   sequentially consistent if it fails, too: GCC 12 takes the fence from that order.  */

#ifndef FFI_ATOMIC_H
#define FFI_ATOMIC_H

#include "generic_atomic.h"

#endif
