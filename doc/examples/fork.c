/* SPDX-License-Identifier: MIT */
/* A child calls its parent's closure, and makes and frees closures itself.  */
#include <ffi.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static void
twice (ffi_cif *cif, void *result, void **args, void *user_data)
{
  (void) cif, (void) user_data;
  *(ffi_arg *) result = 2 * *(int *) args[0];
}

static int (*make (ffi_cif *cif, ffi_closure **closure)) (int)
{
  void *code;

  *closure = ffi_closure_alloc (sizeof (ffi_closure), &code);
  if (*closure == NULL
      || ffi_prep_closure_loc (*closure, cif, twice, NULL, code) != FFI_OK)
    _exit (1);
  return (int (*) (int)) code;
}

int
main (void)
{
  ffi_type *types[] = { &ffi_type_sint };
  ffi_closure *closure, *own;
  ffi_cif cif;
  int status;

  if (ffi_prep_cif (&cif, FFI_DEFAULT_ABI, 1, &ffi_type_sint, types) != FFI_OK)
    return 1;
  int (*inherited) (int) = make (&cif, &closure);

  pid_t child = fork ();
  if (child == 0)
    {
      int (*fresh) (int) = make (&cif, &own);
      int answer = inherited (10) + fresh (11);
      ffi_closure_free (own);
      ffi_closure_free (closure); /* the child's copy; the parent's lives on */
      _exit (answer);
    }
  if (child < 0 || waitpid (child, &status, 0) != child || !WIFEXITED (status))
    return 1;
  printf ("child: %d, parent: %d\n", WEXITSTATUS (status), inherited (21));
  ffi_closure_free (closure);
  return 0;
}
