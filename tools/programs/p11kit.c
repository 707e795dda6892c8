/* SPDX-License-Identifier: MIT */
/* p11-kit wraps each module that it loads in functions of its own.  It has 64 sets of
   them ready; those of the modules after that are closures.  */

#include <p11-kit/p11-kit.h>
#include <stdio.h>

#define SETS 80

int
main (void)
{
  static CK_FUNCTION_LIST **sets[SETS];
  unsigned long slots = 0;
  for (int i = 0; i < SETS; i++)
    {
      CK_INFO info;
      CK_ULONG count = 0;
      sets[i] = p11_kit_modules_load_and_initialize (0);
      if (sets[i] == NULL || sets[i][0] == NULL)
        return printf ("no module: %s\n", p11_kit_message ()), 1;
      CK_FUNCTION_LIST *module = sets[i][0];
      if (module->C_GetInfo (&info) != CKR_OK
          || module->C_GetSlotList (CK_TRUE, NULL, &count) != CKR_OK)
        return printf ("module of set %d does not work\n", i), 1;
      slots += count;
      if (i == SETS - 1)
        printf ("%.*s, version %d.%d\n", (int) sizeof info.libraryDescription,
                info.libraryDescription, info.libraryVersion.major,
                info.libraryVersion.minor);
    }
  printf ("%d sets of modules, %lu slots\n", SETS, slots);
  for (int i = 0; i < SETS; i++)
    p11_kit_modules_finalize_and_release (sets[i]);
  return 0;
}
