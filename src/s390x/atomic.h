/* SPDX-License-Identifier: MIT */
/* What the slot allocator does with words: C11 has all of it.  */

#ifndef FFI_ATOMIC_H
#define FFI_ATOMIC_H

#include "generic_atomic.h"

#endif
