/* SPDX-License-Identifier: MIT */
/* Closures by the Procedure Call Standard for AArch64: which entry code a closure
   gets.  */

#include "families.h"
#include "port.h"
#include <string.h>

#include "one_entry.h"

/* Make the instructions of a trampoline that were written at TRAMP the ones that are
   executed there.  The compiler's way is a function of libgcc, which may lack the marks
   of our objects.  */
static void
synchronize (char *tramp)
{
  uint64_t type;

  __asm__("mrs %0, ctr_el0" : "=r"(type));
  size_t data = 4 << (type >> 16 & 15), instructions = 4 << (type & 15);
  uintptr_t start = (uintptr_t) tramp, end = start + FFI_TRAMPOLINE_SIZE;

  for (uintptr_t line = start & -data; line < end; line += data)
    __asm__ volatile("dc cvau, %0" : : "r"(line) : "memory");
  __asm__ volatile("dsb ish" : : : "memory");
  for (uintptr_t line = start & -instructions; line < end; line += instructions)
    __asm__ volatile("ic ivau, %0" : : "r"(line) : "memory");
  __asm__ volatile("dsb ish; isb" : : : "memory");
}

void
ffi_port_write_trampoline (char *tramp, void *codeloc, ffi_entry entry)
{
  /* bti c; adr x17, .-4; ldr x16, .+8; br x16 - the entry follows.  There is no room
     for a pair: the entry finds the closure itself in x17.  */
  static const unsigned char code[16]
      = { 0x5f, 0x24, 0x03, 0xd5, 0xf1, 0xff, 0xff, 0x10,
          0x50, 0x00, 0x00, 0x58, 0x00, 0x02, 0x1f, 0xd6 };

  memcpy (tramp, code, sizeof code);
  memcpy (tramp + sizeof code, &entry, sizeof entry);
  synchronize (tramp);
  synchronize (codeloc);
}
