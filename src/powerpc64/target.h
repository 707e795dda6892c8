/* SPDX-License-Identifier: MIT */
/* Geometry of the trampoline tables of 64-bit PowerPC, for C and assembly.  */

#ifndef FFI_TARGET_H
#define FFI_TARGET_H

#include "trampoline/geometry_64.h"
#include "trampoline/without_trampfd.h"

/* Bytes from one trampoline to the next.  */
#define TRAMP_PITCH 32

/* Alignment of the trampoline blocks: the largest page that the architecture
   maps a file with.  */
#define TRAMP_BLOCK_ALIGN 65536

/* Bytes reserved beside tables, of descriptors and leaves of the address map: none, as
   three tables take all of 2 MiB with pages of 64 KiB.  */
#define RESERVE_LASTING 0
#define ADDRESS_BITS 48

/* Eight vectors are a homogeneous aggregate.  */
#define FFI_LARGEST_CLASSIFIED 128
#define PORT_ZERO_WIDTH 0

/* Whether there are a fast_entry.h and a valgrind_request.h.  */
#define PORT_FAST_ENTRY 0
#define PORT_VALGRIND_REQUEST 0

/* It passes __float128.  */
#define PORT_FLOAT128 1

#ifndef LIBFFI_ASM
#include "atomic.h"
#endif

#endif
