/* SPDX-License-Identifier: MIT */
/* A call with 1,024 arguments, integers and doubles mixed; also by a plan, which refers
   to the types no more once it is made.  */

#include "ffitest.h"

/* Eight parameters, and from them 64, and from them 1,024.  */
#define P8(p)                                                                            \
  long p##0, double p##1, long p##2, int p##3, long p##4, double p##5, long p##6, int p##7
#define P64(p)                                                                           \
  P8 (p##0), P8 (p##1), P8 (p##2), P8 (p##3), P8 (p##4), P8 (p##5), P8 (p##6), P8 (p##7)
#define P512(p)                                                                          \
  P64 (p##0), P64 (p##1), P64 (p##2), P64 (p##3), P64 (p##4), P64 (p##5), P64 (p##6),    \
      P64 (p##7)

#define U8(p) N (p##0) N (p##1) N (p##2) N (p##3) N (p##4) N (p##5) N (p##6) N (p##7)
#define U64(p)                                                                           \
  U8 (p##0) U8 (p##1) U8 (p##2) U8 (p##3) U8 (p##4) U8 (p##5) U8 (p##6) U8 (p##7)
#define U512(p)                                                                          \
  U64 (p##0) U64 (p##1) U64 (p##2) U64 (p##3) U64 (p##4) U64 (p##5) U64 (p##6) U64 (p##7)

/* The position of the first argument that is wrong, or 0.  */
static int
first_wrong (P512 (a), P512 (b))
{
  int position = 0, wrong = 0;
#define N(p)                                                                             \
  position++;                                                                            \
  if (wrong == 0 && p != position * 3)                                                   \
    wrong = position;
  U512 (a)
  U512 (b)
  return wrong;
}

int
main (void)
{
  static ffi_type *types[1024];
  static void *avalue[1024];
  static union
  {
    long l;
    int i;
    double d;
  } values[1024];
  for (int i = 0; i < 1024; i++)
    {
      avalue[i] = &values[i];
      if (i % 4 == 1)
        {
          types[i] = &ffi_type_double;
          values[i].d = 3.0 * (i + 1);
        }
      else if (i % 4 == 3)
        {
          types[i] = &ffi_type_sint;
          values[i].i = 3 * (i + 1);
        }
      else
        {
          types[i] = &ffi_type_slong;
          values[i].l = 3 * (i + 1);
        }
    }
  ffi_cif cif;
  ffi_arg result = 0x55;
  PREP_CIF (&cif, 1024, &ffi_type_sint, types);
  ffi_call (&cif, FFI_FN (first_wrong), &result, avalue);
  CHECK_MSG (result == 0, "argument %d of 1024 came out wrong", (int) result);

  ffi_call_plan *plan = ffi_call_plan_alloc (&cif);
  CHECK (plan != NULL);
  memset (types, 0, sizeof types);
  for (int round = 0; round < 2; round++)
    {
      result = 0x55;
      ffi_call_plan_invoke (plan, FFI_FN (first_wrong), &result, avalue);
      CHECK_MSG (result == 0, "argument %d of 1024 came out wrong by a plan",
                 (int) result);
    }
  ffi_call_plan_free (plan);
  return ffitest_done ();
}
