/* SPDX-License-Identifier: MIT */
/* Geometry of s390x trampoline tables, for C and assembly.  */

#ifndef FFI_TARGET_H
#define FFI_TARGET_H

#include "trampoline/geometry_64.h"
#include "trampoline/without_trampfd.h"

/* Bytes from one trampoline to the next.  */
#define TRAMP_PITCH 16

/* Alignment of the trampoline blocks: the page that the architecture maps a file
   with.  */
#define TRAMP_BLOCK_ALIGN 4096

/* Bytes reserved beside tables, of descriptors and leaves of the address map.  */
#define RESERVE_LASTING 0x34000
/* The kernel maps below 2^42 what does not ask for more, QEMU's user mode below 2^47.  */
#define ADDRESS_BITS 47

/* Whether there are a fast_entry.h and a valgrind_request.h.  */
#define PORT_FAST_ENTRY 0
#define PORT_VALGRIND_REQUEST 0
#define PORT_LOOKS_INTO 1

#ifndef LIBFFI_ASM
#include "atomic.h"
#endif

#endif
