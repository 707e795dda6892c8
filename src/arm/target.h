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

/* What the kernel writes instead, on one page: bytes from one trampoline to the next;
   where in it the 32-bit word is that has the distance of its slot, and what that grows
   by with a byte; the designated register.  */
#define TRAMPFD_PITCH 16
#define TRAMPFD_DISTANCE 12
#define TRAMPFD_SCALE 1
#define TRAMPFD_REGISTER arm_r12
#define TRAMPFD_PAGE 4096

/* What unwinders must know of trampolines beside how to find the caller.  */
#define UNWIND_TRAMPOLINES

/* Each grown table lies in a region of the address space of its own.  */
#define REGION_SHIFT 16
/* So many tables have addresses reserved in the library's image.  */
#define RESERVE_TABLES 14
/* And as many bytes of descriptors and leaves of the address map.  */
#define RESERVE_LASTING 0xc000
#define ADDRESS_BITS 32

/* Whether there are a fast_entry.h and a valgrind_request.h.  */
#define PORT_FAST_ENTRY 0
#define PORT_LOOKS_INTO 1
/* Larger structs are not passed in VFP registers.  */
#define FFI_LARGEST_CLASSIFIED 32
/* ffi_port_prep_cif checks types.  */
#define PORT_CHECKS_TYPES 1
#define PORT_VALGRIND_REQUEST 0

/* Words behind the MOVES of a plan for NARGS arguments, for its steps.  */
#define PORT_PLAN_WORDS(moves, nargs) (4 * (moves) + (nargs) + 4)

/* It passes _Float16.  */
#define PORT_FLOAT16 1

#ifndef LIBFFI_ASM
#include "atomic.h"
#endif

#endif
