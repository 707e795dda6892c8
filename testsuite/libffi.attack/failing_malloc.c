/* SPDX-License-Identifier: MIT */
/* { needs shared nosan } */
/* Without a heap closures are made and called as ever, and ffi_call_plan_alloc returns
   null with ENOMEM until there is one again.  */

#include "ffitest.h"
#include "crowd.h"

void *__libc_malloc (size_t size);
static int failing;
static struct crowd_member members[20000];

void *
malloc (size_t size)
{
  if (failing)
    {
      errno = ENOMEM;
      return NULL;
    }
  return __libc_malloc (size);
}

static int
negate (int number)
{
  return -number;
}

int
main (void)
{
  int number = 5, *numbers[] = { &number };
  ffi_arg result;
  crowd_cif ();
  failing = 1;
  CHECK_PTR (malloc (1), NULL);
  for (int i = 0; i < (int) ARRAY_SIZE (members); i++)
    CHECK (crowd_join (&members[i], i));
  for (int i = 0; i < (int) ARRAY_SIZE (members); i++)
    CHECK (crowd_answers (&members[i]));
  crowd_scatter (members, ARRAY_SIZE (members));
  errno = 0;
  ffi_call_plan *plan = ffi_call_plan_alloc (crowd_cif ());
  CHECK_PTR (plan, NULL);
  CHECK_INT (errno, ENOMEM);
  failing = 0;
  plan = ffi_call_plan_alloc (crowd_cif ());
  CHECK (plan != NULL);
  ffi_call_plan_invoke (plan, FFI_FN (negate), &result, (void **) numbers);
  CHECK_INT ((int) result, -5);
  ffi_call_plan_free (plan);
  return ffitest_done ();
}
