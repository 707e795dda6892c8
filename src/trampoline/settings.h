/* SPDX-License-Identifier: MIT */
/* What the environment decides: once for all threads, whatever happens to it later, and
   not for programs with raised privileges.  */

#ifndef FFI_SETTINGS_H
#define FFI_SETTINGS_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

/* The switch NAME: '0' or '1', or 0 if the environment says neither.  */
static inline char
ffi_switch (const char *name)
{
  const char *wish = secure_getenv (name);

  return wish != NULL && (wish[0] == '0' || wish[0] == '1') && wish[1] == '\0' ? wish[0]
                                                                               : 0;
}

/* Whether WISH, a variable of the environment or null, is TEXT.  strcmp would be one more
   relocation of the library.  */
static inline bool
ffi_is_wish (const char *wish, const char *text)
{
  if (wish == NULL)
    return false;
  while (*wish == *text && *text != '\0')
    wish++, text++;
  return *wish == *text;
}

/* Make *SETTING, which is 0 until it is decided, CHOICE, unless another thread was first.
   Returns what it is now.  Not a byte: some processors swap none, and compilers call
   libatomic.  */
static inline unsigned
ffi_decide (_Atomic unsigned *setting, unsigned choice)
{
  unsigned decided = 0;

  return atomic_compare_exchange_strong (setting, &decided, choice) ? choice : decided;
}

#endif
