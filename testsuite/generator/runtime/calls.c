/* SPDX-License-Identifier: MIT */
/* Calls by the library of what the compiler made.  */

#include "state.h"
#include <stdlib.h>
#include <string.h>

void
gen_step_call (void)
{
  void *result;

  gen_begin ("ffi_call");
  result = gen_result_room (sizeof (ffi_arg));
  ffi_call (&gen_now.cif, gen_now.signature->callee, result, gen_now.avalue);
  gen_end ();

  gen_begin ("ffi_call without room for the result");
  ffi_call (&gen_now.cif, gen_now.signature->callee, NULL, gen_now.avalue);
  gen_end ();
}

void
gen_step_plan (void)
{
  ffi_call_plan *plan = ffi_call_plan_alloc (&gen_now.cif);
  void *result;

  gen_begin ("ffi_call_plan_invoke");
  if (plan == NULL)
    {
      gen_fail ("ffi_call_plan_alloc returned a null pointer");
      return;
    }
  for (int i = 0; i < 2; i++)
    {
      if (i != 0)
        gen_begin ("ffi_call_plan_invoke again");
      result = gen_result_room (sizeof (ffi_arg));
      ffi_call_plan_invoke (plan, gen_now.signature->callee, result, gen_now.avalue);
      gen_end ();
    }
  ffi_call_plan_free (plan);
}

/* The words of one argument in a raw block, by the text of ffi.h.  */
static size_t
raw_words (const struct gen_type *type)
{
#if !FFI_NATIVE_RAW_API
  /* A number of ffi_types.h may be a long double.  */
  if (type->kind == GEN_COMPLEX
      || (type->kind >= GEN_STRUCT && type->ffi->type == FFI_TYPE_STRUCT))
    return 1;
#endif
  return (type->size + sizeof (ffi_raw) - 1) / sizeof (ffi_raw);
}

void
gen_step_raw_call (void)
{
  const struct gen_signature *s = gen_now.signature;
  size_t words = 0;
  void *result;

  gen_begin ("ffi_raw_call");
  for (unsigned i = 0; i < s->nargs; i++)
    words += raw_words (s->args[i]);
  if (ffi_raw_size (&gen_now.cif) != words * sizeof (ffi_raw))
    {
      gen_fail ("ffi_raw_size: expected %zu, got %zu", words * sizeof (ffi_raw),
                ffi_raw_size (&gen_now.cif));
      return;
    }
  ffi_raw *raw = malloc (words * sizeof *raw + GUARD);
  memset (raw, POISON, words * sizeof *raw + GUARD);
  ffi_ptrarray_to_raw (&gen_now.cif, gen_now.avalue, raw);
  for (int i = 0; i < GUARD; i++)
    if (((unsigned char *) (raw + words))[i] != POISON)
      gen_fail ("ffi_ptrarray_to_raw wrote behind its block");
  words = 0;
  for (unsigned i = 0; i < s->nargs; i++)
    {
      if (is_integer (s->args[i]) && s->args[i]->size <= sizeof (ffi_raw)
          && raw[words].uint != (ffi_arg) gen_widened (s->args[i], gen_now.want[i]))
        gen_fail ("word %zu of the raw block, argument %u: expected %#llx, got %#llx",
                  words, i,
                  (unsigned long long) gen_widened (s->args[i], gen_now.want[i]),
                  (unsigned long long) raw[words].uint);
      words += raw_words (s->args[i]);
    }
  result = gen_result_room (sizeof (ffi_arg));
  ffi_raw_call (&gen_now.cif, s->callee, result, raw);
  gen_end ();
  free (raw);
}
