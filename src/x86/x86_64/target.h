/* SPDX-License-Identifier: MIT */
/* Geometry of x86-64 trampoline tables, for C and assembly.  */

#ifndef FFI_TARGET_H
#define FFI_TARGET_H

#include "trampoline/geometry_64.h"

/* Bytes from one trampoline to the next.  */
#define TRAMP_PITCH 16

/* Alignment of the trampoline blocks: the largest page that the architecture
   maps a file with.  */
#define TRAMP_BLOCK_ALIGN 4096

/* What the kernel writes instead, on one page: bytes from one trampoline to the next;
   where in it the 32-bit word is that has the distance of its slot, and what that grows
   by with a byte; the designated register.  */
#define TRAMPFD_PITCH 16
#define TRAMPFD_DISTANCE 7
#define TRAMPFD_SCALE 1
#define TRAMPFD_REGISTER x64_r10
#define TRAMPFD_PAGE 4096

/* Bytes reserved beside tables, of descriptors and leaves of the address map.  */
#define RESERVE_LASTING 0x34000
#define ADDRESS_BITS 47

/* Whether there are a fast_entry.h and a valgrind_request.h.  */
#define PORT_FAST_ENTRY 1
#define PORT_LOOKS_INTO 1
#define PORT_VALGRIND_REQUEST 1

/* It passes _Float16 and __float128.  */
#define PORT_FLOAT16 4
#define PORT_FLOAT128 1

#ifndef LIBFFI_ASM
#include "atomic.h"
#endif

#endif
