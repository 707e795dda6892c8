/* SPDX-License-Identifier: MIT */
/* For C libraries that are installed without the kernel's headers, as musl's wrapper of
   gcc is: what <linux/trampfd.h> needs of <linux/types.h>.  Found only where the real one
   is not: the directory comes last (-idirafter).  */

#ifndef FFI_LINUX_TYPES_H
#define FFI_LINUX_TYPES_H

#include <stdint.h>

typedef uint32_t __u32;
typedef uint64_t __u64;

#endif
