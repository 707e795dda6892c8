/* SPDX-License-Identifier: MIT */
/* Many closures at once, each with its own number, for the tests of the tables
   that they come from.  */

#ifndef CROWD_H
#define CROWD_H

struct crowd_member
{
  ffi_closure *closure;
  void *code;
  int number;
};

static void
crowd_handle (ffi_cif *cif, void *result, void **args, void *data)
{
  const struct crowd_member *member = (const struct crowd_member *) data;
  (void) cif;
  *(ffi_arg *) result = (ffi_arg) (ffi_sarg) (member->number + *(int *) args[0]);
}

/* The cif of all members: int (int).  */
static FFITEST_UNUSED ffi_cif *
crowd_cif (void)
{
  static ffi_cif cif;
  static ffi_type *types[] = { &ffi_type_sint };
  if (cif.nargs == 0
      && ffi_prep_cif (&cif, FFI_DEFAULT_ABI, 1, &ffi_type_sint, types) != 0)
    abort ();
  return &cif;
}

/* Make M a closure with NUMBER; false if there is none to be had.  */
static FFITEST_UNUSED int
crowd_join (struct crowd_member *m, int number)
{
  m->number = number;
  m->closure = (ffi_closure *) ffi_closure_alloc (sizeof (ffi_closure), &m->code);
  return m->closure != NULL
         && ffi_prep_closure_loc (m->closure, crowd_cif (), crowd_handle, m, m->code)
                == 0;
}

/* M's code reaches M's handler and data.  */
static FFITEST_UNUSED int
crowd_answers (const struct crowd_member *m)
{
  return CODE_AS (int (*) (int), m->code) (3) == m->number + 3;
}

static FFITEST_UNUSED void
crowd_leave (struct crowd_member *m)
{
  ffi_closure_free (m->closure);
  m->closure = NULL;
}

/* N closures at MEMBERS, all of which answer.  */
static FFITEST_UNUSED void
crowd_gather (struct crowd_member *members, int n)
{
  for (int i = 0; i < n; i++)
    CHECK_MSG (crowd_join (&members[i], i), "closure %d: %s", i, strerror (errno));
  for (int i = 0; i < n; i++)
    CHECK_MSG (crowd_answers (&members[i]), "closure %d does not answer", i);
}

static FFITEST_UNUSED void
crowd_scatter (struct crowd_member *members, int n)
{
  for (int i = 0; i < n; i++)
    crowd_leave (&members[i]);
}

#endif
