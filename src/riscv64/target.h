/* SPDX-License-Identifier: MIT */
/* Geometry of riscv64 trampoline tables, for C and assembly.  */

#ifndef FFI_TARGET_H
#define FFI_TARGET_H

#include "trampoline/geometry_64.h"
#include "trampoline/without_trampfd.h"

/* Bytes from one trampoline to the next.  A landing pad is an instruction more.  */
#ifdef __riscv_landing_pad
#define TRAMP_PITCH 32
#else
#define TRAMP_PITCH 16
#endif

/* Alignment of the trampoline blocks: the page of the architecture.  */
#define TRAMP_BLOCK_ALIGN 4096

/* Bytes reserved beside tables, of descriptors and leaves of the address map.  */
#define RESERVE_LASTING 0x34000
/* What mmap gives without a hint, even where user space has 56 bits (Sv57).  */
#define ADDRESS_BITS 47

/* Whether there are a fast_entry.h and a valgrind_request.h.  */
#define PORT_FAST_ENTRY 0
#define PORT_VALGRIND_REQUEST 0
#define PORT_LOOKS_INTO 1

#ifndef LIBFFI_ASM
#include "atomic.h"
#endif

#endif
