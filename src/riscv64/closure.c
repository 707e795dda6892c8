/* SPDX-License-Identifier: MIT */
/* Closures by LP64D: which entry code a closure gets.  */

#include "families.h"
#include "port.h"
#include <string.h>

#include "one_entry.h"

void
ffi_port_write_trampoline (char *tramp, void *codeloc, ffi_entry entry)
{
  /* lpad 0; auipc t1, 0; ld t3, 12(t1); jr t3 - the entry follows.  There is no room for
     a pair: the entry finds the closure itself, 4 bytes before t1.  */
  static const uint32_t code[] = { 0x00000017, 0x00000317, 0x00c33e03, 0x000e0067 };

  memcpy (tramp, code, sizeof code);
  memcpy (tramp + sizeof code, &entry, sizeof entry);
  __builtin___clear_cache (tramp, tramp + FFI_TRAMPOLINE_SIZE);
  __builtin___clear_cache (codeloc, (char *) codeloc + FFI_TRAMPOLINE_SIZE);
}
