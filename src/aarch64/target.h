/* SPDX-License-Identifier: MIT */
/* Geometry of AArch64 trampoline tables, for C and assembly.  */

#ifndef FFI_TARGET_H
#define FFI_TARGET_H

#include "trampoline/geometry_64.h"

/* Bytes from one trampoline to the next.  */
#define TRAMP_PITCH 32

/* Alignment of the trampoline blocks: the largest page that the architecture
   maps a file with.  */
#define TRAMP_BLOCK_ALIGN 65536

/* What the kernel writes instead, on one page: bytes from one trampoline to the next;
   where in it the 32-bit word is that has the distance of its slot, and what that grows
   by with a byte; the designated register.  */
#define TRAMPFD_PITCH 16
#define TRAMPFD_DISTANCE 4
#define TRAMPFD_SCALE 8 /* bits 23 to 5 of adr count words */
#define TRAMPFD_REGISTER arm64_r17
#define TRAMPFD_PAGE getauxval (AT_PAGESZ)

/* Bytes reserved beside tables, of descriptors and leaves of the address map: none, as
   three tables take all of 2 MiB with pages of 64 KiB.  */
#define RESERVE_LASTING 0
#define ADDRESS_BITS 48

/* Whether there are a fast_entry.h and a valgrind_request.h.  */
#define PORT_FAST_ENTRY 0
#define PORT_VALGRIND_REQUEST 0

/* classify.c says into which structs the convention looks.  */
#define PORT_LOOKS_INTO 1

/* It passes _Float16.  */
#define PORT_FLOAT16 8

#ifndef LIBFFI_ASM
#include "atomic.h"
#include <sys/auxv.h>
#include <sys/mman.h>

/* How trampolines are mapped: guarded against jumps to anything but a landing pad,
   where the system can do that.  */
#define FFI_TEXT_PROT ffi_text_prot ()

static inline int
ffi_text_prot (void)
{
  const unsigned long hwcap2_bti = 1ul << 17;
  const int prot_bti = 0x10;

  return PROT_READ | PROT_EXEC
         | ((getauxval (AT_HWCAP2) & hwcap2_bti) != 0 ? prot_bti : 0);
}
#endif

#endif
