/* SPDX-License-Identifier: MIT */
/* Which table source a process uses.  */

#include "source.h"
#include "settings.h"

static const char names[][8] = {
  [SOURCE_IMAGE] = "image",
  [SOURCE_TRAMPFD] = "trampfd",
  [SOURCE_SECURE] = "secure",
  [SOURCE_AUTO] = "auto",
};

enum ffi_source
ffi_source_chosen (void)
{
  static _Atomic unsigned chosen; /* plus one */
  unsigned choice = atomic_load_explicit (&chosen, memory_order_relaxed);

  if (choice != 0)
    return choice - 1;
  const char *wish = secure_getenv ("LIBFFI_TRAMPOLINES");
  choice = FFI_TRAMPOLINES + 1;
  for (unsigned i = 0; i < sizeof names / sizeof names[0]; i++)
    if (ffi_is_wish (wish, names[i]))
      choice = i + 1;
  return ffi_decide (&chosen, choice) - 1;
}
