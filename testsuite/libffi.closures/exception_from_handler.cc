// SPDX-License-Identifier: MIT
/* C++ exceptions leave a handler through its closure and an ffi_call; destructors
   run, and results of every class are possible around it.  */

#include "ffitest.h"
#include <stdexcept>
#include <string>

namespace
{

int destroyed;

struct guard
{
  ~guard () { destroyed++; }
};

void
handle (ffi_cif *, void *, void **args, void *data)
{
  guard inside;
  throw std::runtime_error (std::string ((const char *) data)
                            + std::to_string (*(int *) args[0]));
}

struct three
{
  long a, b, c;
};

template <typename Call>
void
throws (Call call, const char *expected)
{
  int before = destroyed;
  bool caught = false;
  try
    {
      guard outside;
      call ();
    }
  catch (const std::runtime_error &error)
    {
      caught = true;
      CHECK_MSG (strcmp (error.what (), expected) == 0, "expected \"%s\", got \"%s\"",
                 expected, error.what ());
    }
  CHECK (caught);
  CHECK_INT (destroyed, before + 2);
}

}

int
main ()
{
  ffi_type *elements[] = { &ffi_type_slong, &ffi_type_slong, &ffi_type_slong, NULL };
  ffi_type three_type = { 0, 0, FFI_TYPE_STRUCT, elements };
  ffi_type *results[] = { &ffi_type_void, &ffi_type_sint8, &ffi_type_double,
                          &ffi_type_longdouble, &three_type };
  ffi_type *types[12];
  for (int i = 0; i < 12; i++)
    types[i] = i % 2 ? &ffi_type_double : &ffi_type_sint;
  char text[] = "thrown ";
  for (ffi_type *result_type : results)
    for (unsigned nargs : { 1u, 3u, 12u })
      {
        ffi_cif cif;
        void *code;
        PREP_CIF (&cif, nargs, result_type, types);
        ffi_closure *closure = MAKE_CLOSURE (&cif, handle, text, &code);
        int number = 42;
        double d = 0;
        void *avalue[12];
        for (unsigned i = 0; i < nargs; i++)
          avalue[i] = i % 2 ? (void *) &d : (void *) &number;
        three result;
        for (int i = 0; i < 10; i++)
          throws ([&] { ffi_call (&cif, CODE_AS (void (*) (), code), &result, avalue); },
                  "thrown 42");
        if (nargs == 1 && result_type == &ffi_type_double)
          throws ([&] { CODE_AS (double (*) (int), code) (43); }, "thrown 43");
        if (nargs == 1 && result_type == &three_type)
          throws ([&] { CODE_AS (three (*) (int), code) (44); }, "thrown 44");
        ffi_closure_free (closure);
      }
  return ffitest_done ();
}
