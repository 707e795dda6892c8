/* SPDX-License-Identifier: MIT */
/* { needs stepping nosan } */
/* { options -funwind-tables } */
/* { timeout 300 } */
/* At every instruction of calls and closures whose frames are larger than a page, while
   pages are probed and afterwards, unwinding reaches main with main's stack pointer.  */

#include "ffitest.h"
#include "single_step.h"

struct large
{
  char bytes[13000];
};

static ffi_type *byte_elements[] = { &ffi_type_uint8, NULL };
static ffi_type *word_elements[] = { &ffi_type_sint32, NULL };
static ffi_type large = { sizeof (struct large), 1, FFI_TYPE_STRUCT, byte_elements },
                aligned = { 8192, 8192, FFI_TYPE_STRUCT, word_elements };
static struct large value;
static char of_alignment[8192];
static int number = 3;
static ffi_arg result;
static ffi_cif cif;
static unsigned seen;

static int
take (int a, struct large b)
{
  seen += a + b.bytes[0] + b.bytes[sizeof b.bytes - 1];
  return a;
}

static struct large
make (int a)
{
  seen += a;
  return value;
}

static void
handle (ffi_cif *c, void *to, void **args, void *data)
{
  (void) data;
  *(ffi_arg *) to = 5;
  for (unsigned i = 0; i < c->nargs; i += 100)
    seen += *(int *) args[i];
}

static void
call_large (void *values)
{
  ffi_call (&cif, FFI_FN (take), &result, values);
}

static void
call_unwanted (void *values)
{
  ffi_call (&cif, FFI_FN (make), NULL, values);
}

static void
call_closure (void *values)
{
  ffi_call (&cif, *(void (**) (void)) ((void **) values)[-1], &result, values);
}

static uint32_t
sum (void *values)
{
  uint32_t all = seen * 16777619u + (uint32_t) result;
  (void) values;
  seen = 0;
  result = 0;
  return all;
}

int
main (void)
{
  enum
  {
    MANY = 1500
  };
  static ffi_type *many[MANY];
  static void *values[MANY + 1], **list = values + 1;
  ffi_type *two[] = { &ffi_type_sint32, &large }, *three[] = { two[0], &large, &aligned };
  void *arguments[] = { &number, &value, of_alignment }, *code;

  memset (&value, 1, sizeof value);
  PREP_CIF (&cif, 2, &ffi_type_sint32, two);
  CHECK_STEPPING ("large argument", call_large, arguments, sum);
  PREP_CIF (&cif, 3, &ffi_type_sint32, three);
  CHECK_STEPPING ("aligned argument", call_large, arguments, sum);
  PREP_CIF (&cif, 1, &large, two);
  CHECK_STEPPING ("unwanted result", call_unwanted, arguments, sum);
  for (unsigned i = 0; i < MANY; i++)
    {
      many[i] = &ffi_type_sint32;
      list[i] = &number;
    }
  PREP_CIF (&cif, MANY, &ffi_type_sint32, many);
  ffi_closure *closure = MAKE_CLOSURE (&cif, handle, NULL, &code);
  values[0] = &code;
  CHECK_STEPPING ("closure with many arguments", call_closure, list, sum);
  ffi_closure_free (closure);
  return ffitest_done ();
}
