/* SPDX-License-Identifier: MIT */
/* For target.h of a port with pointers of 64 bits: the geometry of trampoline tables that
   all of these share, for C and assembly.  */

#ifndef FFI_GEOMETRY_64_H
#define FFI_GEOMETRY_64_H

/* Bytes from one slot to the next.  */
#define SLOT_SIZE 64

/* Trampolines of the image; a table has as many as a word has bits, squared, so that
   one word tells which groups of slots are full.  */
#define IMAGE_SLOTS 4096
#define EACH_IMAGE_TABLE(table) table (0)
#define GROWN_SLOTS 4096

/* What unwinders must know of trampolines beside how to find the caller.  */
#define UNWIND_TRAMPOLINES

/* Each grown table lies in a region of the address space of its own.  */
#define REGION_SHIFT 19
/* So many tables have addresses reserved in the library's image.  */
#define RESERVE_TABLES 3

#endif
