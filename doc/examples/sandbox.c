/* SPDX-License-Identifier: MIT */
/* Give up for good the right to have writable and executable memory, then make
   closures: some that fit into the library's image, and many that do not.  */
#include <ffi.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/prctl.h>

#ifndef PR_SET_MDWE /* Linux 6.3 */
#define PR_SET_MDWE 65
#define PR_MDWE_REFUSE_EXEC_GAIN 1
#endif

enum
{
  MANY = 20000
};

static void
increment (ffi_cif *cif, void *result, void **args, void *user_data)
{
  (void) cif, (void) args;
  *(ffi_arg *) result = ++*(int *) user_data;
}

int
main (void)
{
  static void *closures[MANY], *codes[MANY];
  int calls = 0;
  ffi_cif cif;

  /* An older kernel has no such lock (EINVAL); the rest works all the same.  */
  if (prctl (PR_SET_MDWE, PR_MDWE_REFUSE_EXEC_GAIN, 0, 0, 0) == 0
      && mmap (NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
               MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
             != MAP_FAILED)
    return 1; /* it does not hold */

  if (ffi_prep_cif (&cif, FFI_DEFAULT_ABI, 0, &ffi_type_sint, NULL) != FFI_OK)
    return 1;
  for (int i = 0; i < MANY; i++)
    {
      closures[i] = ffi_closure_alloc (sizeof (ffi_closure), &codes[i]);
      if (closures[i] == NULL)
        return 1; /* errno is ENOMEM */
      if (ffi_prep_closure_loc (closures[i], &cif, increment, &calls, codes[i]) != FFI_OK)
        return 1;
    }
  for (int i = 0; i < MANY; i++)
    ((int (*) (void)) codes[i]) ();
  for (int i = 0; i < MANY; i++)
    ffi_closure_free (closures[i]);
  printf ("%d calls\n", calls);
  return 0;
}
