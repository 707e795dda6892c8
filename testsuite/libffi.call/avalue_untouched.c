/* SPDX-License-Identifier: MIT */
/* Neither the array of argument pointers nor the values change, even if the
   callee writes to its parameters; both may be read-only.  */

#include "ffitest.h"
#include "guarded.h"
#include "shapes.h"

/* Overwrites what it was given, in place.  */
static struct c200
scribble (char a, struct c200 b, struct c3 c, double d, struct ld1 e, struct id f, long g)
{
  volatile unsigned char *parts[]
      = { (unsigned char *) &a, (unsigned char *) &b, (unsigned char *) &c,
          (unsigned char *) &d, (unsigned char *) &e, (unsigned char *) &f,
          (unsigned char *) &g };
  size_t sizes[]
      = { sizeof a, sizeof b, sizeof c, sizeof d, sizeof e, sizeof f, sizeof g };
  struct c200 before = b;
  for (size_t i = 0; i < ARRAY_SIZE (parts); i++)
    for (size_t k = 0; k < sizes[i]; k++)
      parts[i][k] = 0xee;
  return before;
}

struct values
{
  struct c200 b;
  long double e;
  struct id f;
  double d;
  long g;
  struct c3 c;
  char a;
};

int
main (void)
{
  struct values values, saved;
  memset (&values, 0x11, sizeof values);
  values.e = 1.5L;
  memcpy (&saved, &values, sizeof saved);

  ffi_type *types[] = { &ffi_type_schar, &type_c200, &type_c3,       &ffi_type_double,
                        &type_ld1,       &type_id,   &ffi_type_slong };
  struct values *v = &values;
  void *avalue[] = { &v->a, &v->b, &v->c, &v->d, &v->e, &v->f, &v->g };
  void *saved_avalue[ARRAY_SIZE (avalue)];
  memcpy (saved_avalue, avalue, sizeof avalue);

  struct c200 result;
  ffi_cif cif;
  PREP_CIF (&cif, 7, &type_c200, types);
  ffi_call (&cif, FFI_FN (scribble), &result, avalue);
  CHECK_MEM (avalue, saved_avalue, sizeof avalue);
  CHECK_MEM (&values, &saved, sizeof values);
  CHECK_MEM (&result, &saved.b, sizeof result);
  ffi_call (&cif, FFI_FN (scribble), NULL, avalue);
  CHECK_MEM (avalue, saved_avalue, sizeof avalue);
  CHECK_MEM (&values, &saved, sizeof values);

  /* Now a write is a fault.  */
  v = (struct values *) read_only_copy (&values, sizeof values);
  void *other[] = { &v->a, &v->b, &v->c, &v->d, &v->e, &v->f, &v->g };
  void **fixed = (void **) read_only_copy (other, sizeof other);
  memset (&result, 0, sizeof result);
  ffi_call (&cif, FFI_FN (scribble), &result, fixed);
  CHECK_MEM (&result, &saved.b, sizeof result);
  return ffitest_done ();
}
