/* SPDX-License-Identifier: MIT */
/* Geometry of the trampoline tables of 64-bit PowerPC, for C and assembly.  */

#ifndef FFI_TARGET_H
#define FFI_TARGET_H

/* Bytes from one trampoline to the next, and from one slot to the next.  */
#define TRAMP_PITCH 32
#define SLOT_SIZE 64

/* Trampolines of the image; a table has as many as a word has bits, squared, so that
   one word tells which groups of slots are full.  */
#define IMAGE_SLOTS 4096
#define EACH_IMAGE_TABLE(table) table (0)
#define GROWN_SLOTS 4096

/* Alignment of the trampoline blocks: the largest page that the architecture
   maps a file with.  */
#define TRAMP_BLOCK_ALIGN 65536

/* The kernel makes no trampolines.  */
#include "trampoline/without_trampfd.h"

/* What unwinders must know of trampolines beside how to find the caller.  */
#define UNWIND_TRAMPOLINES

/* Each grown table lies in a region of the address space of its own.  */
#define REGION_SHIFT 19
/* So many tables have addresses reserved in the library's image.  */
#define RESERVE_TABLES 3
/* And no bytes of descriptors and leaves of the address map: with pages of 64 KiB three
   tables take all of 2 MiB.  */
#define RESERVE_LASTING 0
#define ADDRESS_BITS 48

/* Eight vectors are a homogeneous aggregate.  */
#define FFI_LARGEST_CLASSIFIED 128
#define PORT_ZERO_WIDTH 0

/* Whether there are a fast_entry.h and a valgrind_request.h.  */
#define PORT_FAST_ENTRY 0
#define PORT_VALGRIND_REQUEST 0

#ifndef LIBFFI_ASM
#include "atomic.h"
#endif

#endif
