/* SPDX-License-Identifier: MIT */
/* Geometry of 32-bit Arm trampoline tables, for C and assembly.  */

#ifndef FFI_TARGET_H
#define FFI_TARGET_H

/* Bytes from one trampoline to the next, and from one slot to the next.  */
#define TRAMP_PITCH 16
#define SLOT_SIZE 32

/* Trampolines of the image; a table has as many as a word has bits, squared, so that
   one word tells which groups of slots are full.  The image has four tables.  */
#define IMAGE_SLOTS 4096
#define EACH_IMAGE_TABLE(table) table (0), table (1), table (2), table (3)
#define GROWN_SLOTS 1024

/* Alignment of the trampoline blocks: the page that the architecture maps a file
   with.  */
#define TRAMP_BLOCK_ALIGN 4096

/* What the kernel writes instead: bytes from one trampoline to the next, and where in
   it the address of the slot is.  A table is one page.  */
#define TRAMPFD_PITCH 16
#define TRAMPFD_ADDRESSES 8
#define TRAMPFD_REGISTER arm_r12
#define TRAMPFD_PAGE 4096
#define PUSHED_ENTRY 0
#define TRAMPFD_OFFSET 0

/* What unwinders are to know of trampolines, beyond the usual.  */
#define UNWIND_TRAMPOLINES
#define UNWIND_GROWN

/* Each grown table lies in a region of the address space of its own.  */
#define REGION_SHIFT 16
/* So many tables have addresses reserved in the library's image.  */
#define RESERVE_TABLES 14
/* And as many bytes of descriptors and leaves of the address map.  */
#define RESERVE_LASTING 0xc000
#define ADDRESS_BITS 32

/* Is there a quick_entry.h?  And a valgrind_request.h?  */
#define PORT_QUICK_ENTRY 0
#define PORT_VALGRIND_REQUEST 0

#ifndef LIBFFI_ASM
#include "atomic.h"
#endif

#endif
