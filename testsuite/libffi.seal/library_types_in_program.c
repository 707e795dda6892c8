/* SPDX-License-Identifier: MIT */
/* { needs shared nosan } */
/* { options -fno-pie -no-pie -Wl,-z,norelro } */
/* { sources support/seal_all.c } */
/* The linker may put the objects ffi_type_... into a program, in memory that can be
   written.  Sealed closures do not follow them there.  */

#include "ffitest.h"
#include "sealed.h"

struct pair
{
  double d;
  int i;
};

static const ffi_cif *seen;

static void
handle (ffi_cif *cif, void *result, void **args, void *data)
{
  const struct pair *p = args[1];
  (void) data;
  seen = cif;
  *(double *) result = *(int *) args[0] + p->d + p->i + *(double *) args[2];
}

static void
check_constant (const ffi_type *type, const char *name)
{
  CHECK_MSG (permissions_at (type)[1] == '-', "the type of %s lies in writable memory",
             name);
}

int
main (void)
{
  STRUCT_TYPE (pair, &ffi_type_double, &ffi_type_sint);
  ffi_type *types[] = { &ffi_type_sint, &pair, &ffi_type_double };
  ffi_cif cif;
  void *code;
  struct pair value = { 2.5, 3 };
  if (permissions_at (&ffi_type_double)[1] != 'w'
      || permissions_at (&ffi_type_sint)[1] != 'w')
    UNSUPPORTED ("the linker put no object ffi_type_... into writable memory");
  PREP_CIF (&cif, 3, &ffi_type_double, types);
  ffi_closure *closure = MAKE_CLOSURE (&cif, handle, NULL, &code);
  double (*call) (int, struct pair, double)
      = CODE_AS (double (*) (int, struct pair, double), code);
  CHECK_DOUBLE (call (1, value, 4), 10.5);
  check_constant (seen->rtype, "the result");
  check_constant (seen->arg_types[0], "the first argument");
  check_constant (seen->arg_types[1]->elements[0], "the first member");
  check_constant (seen->arg_types[1]->elements[1], "the second member");
  check_constant (seen->arg_types[2], "the last argument");
  memset (&ffi_type_double, 0xa5, sizeof ffi_type_double);
  memset (&ffi_type_sint, 0xa5, sizeof ffi_type_sint);
  CHECK_DOUBLE (call (1, value, 4), 10.5);
  ffi_closure_free (closure);
  return ffitest_done ();
}
