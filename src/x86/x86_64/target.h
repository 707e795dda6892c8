/* SPDX-License-Identifier: MIT */
/* Geometry of x86-64 trampoline tables, for C and assembly.  */

#ifndef FFI_TARGET_H
#define FFI_TARGET_H

/* Bytes from one trampoline to the next, and from one slot to the next.  */
#define TRAMP_PITCH 16
#define SLOT_SIZE 64

/* Trampolines of the image; a table has as many as a word has bits, squared, so that
   one word tells which groups of slots are full.  */
#define IMAGE_SLOTS 4096
#define EACH_IMAGE_TABLE(table) table (0)
#define GROWN_SLOTS 4096

/* Alignment of the trampoline blocks: the largest page that the architecture
   maps a file with.  */
#define TRAMP_BLOCK_ALIGN 4096

/* What the kernel writes instead: bytes from one trampoline to the next, and where in
   it the address of the slot is.  A table is one page.  */
#define TRAMPFD_PITCH 32
#define TRAMPFD_ADDRESSES 6
#define TRAMPFD_REGISTER x64_r10
#define TRAMPFD_PAGE 4096
#define PUSHED_ENTRY 0
#define TRAMPFD_OFFSET 0

/* What unwinders are to know of trampolines, beyond the usual.  */
#define UNWIND_TRAMPOLINES
#define UNWIND_GROWN

/* Each grown table lies in a region of the address space of its own.  */
#define REGION_SHIFT 19
/* So many tables have addresses reserved in the library's image.  */
#define RESERVE_TABLES 3
/* And as many bytes of descriptors and leaves of the address map.  */
#define RESERVE_LASTING 0x34000
#define ADDRESS_BITS 47

/* Is there a quick_entry.h?  And a valgrind_request.h?  */
#define PORT_QUICK_ENTRY 1
#define PORT_VALGRIND_REQUEST 1

#ifndef LIBFFI_ASM
#include "atomic.h"
#endif

#endif
