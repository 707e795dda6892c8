/* SPDX-License-Identifier: MIT */
/* An audit module, which the loader gives a libc of its own: it writes the address of
   that libc's pthread_create over the value of FFITEST_CREATE in the environment.  */

#define _GNU_SOURCE 1
#include <link.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

unsigned
la_version (unsigned version)
{
  char *value = getenv ("FFITEST_CREATE");
  char address[2 * sizeof (uintptr_t) + 1];

  snprintf (address, sizeof address, "%0*jx", (int) (2 * sizeof (uintptr_t)),
            (uintmax_t) (uintptr_t) &pthread_create);
  if (value != NULL && strlen (value) == strlen (address))
    memcpy (value, address, strlen (address));
  return version;
}
