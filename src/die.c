/* SPDX-License-Identifier: MIT */
/* Messages to whoever debugs a program that misuses a closure.  */

#include "die.h"
#include "trampoline/syscalls.h"
#include <ffi_tramp.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

static _Atomic ffi_tramp_report reporter;

ffi_tramp_report
ffi_tramp_set_report (ffi_tramp_report report)
{
  return atomic_exchange (&reporter, report);
}

void
ffi_report (const char *text, const void *address)
{
  ffi_tramp_report report = atomic_load (&reporter);
  char line[160] = "libffi: ";
  size_t n = sizeof "libffi: " - 1;
  uintptr_t a = (uintptr_t) address;

  if (report != NULL)
    report (text, address);
  while (*text != '\0' && n < sizeof line - 24)
    line[n++] = *text++;
  if (address != NULL)
    {
      memcpy (line + n, ": 0x", 4);
      n += 4;
    }
  for (int shift = 8 * sizeof a - 4; shift >= 0; shift -= 4)
    if (a >> shift != 0)
      line[n++] = "0123456789abcdef"[a >> shift & 15];
  line[n++] = '\n';
  ffi_file_complain (line, n);
}

_Noreturn void
ffi_die (const char *text, const void *address)
{
  ffi_report (text, address);
  abort ();
}

_Noreturn void
ffi_die_freed (const void *pair)
{
  ffi_die ("call of a freed closure", pair);
}

_Noreturn void
ffi_die_unprepared (const void *pair)
{
  ffi_die ("call of a closure that was never prepared", pair);
}

#ifdef FFI_DEBUG
_Noreturn void
ffi_assert_failed (const char *file, int line, const char *text)
{
  (void) file;
  ffi_die (text, (void *) (uintptr_t) line);
}
#endif
