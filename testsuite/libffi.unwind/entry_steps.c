/* SPDX-License-Identifier: MIT */
/* { needs stepping nosan } */
/* { options -funwind-tables } */
/* { timeout 300 } */
/* The same as closure_steps.c for the entry code of every family of signatures and every
   kind of result, called by ffi_call.  */

#define STEP_ENTRIES
#include "ffitest.h"
#include "single_step.h"
#include "signatures.h"

#define STRUCT(name, ...)                                                                \
  static ffi_type *const name##_elements[] = { __VA_ARGS__, NULL };                      \
  static ffi_type name = TYPE_OF (name##_elements)
STRUCT (f2, F, F);
STRUCT (f3, F, F, F);
STRUCT (f4, F, F, F, F);
STRUCT (d3, D, D, D);
STRUCT (d4, D, D, D, D);
STRUCT (e2, E, E);
STRUCT (e3, E, E, E);
STRUCT (e4, E, E, E, E);
#define LL &t_two_longs
#define DD &t_two_doubles

/* Kinds of results that have entries of their own in some families, and others.  */
static ffi_type *const results[] = {
  V,   &ffi_type_uint8, C, &ffi_type_uint16, H,   &ffi_type_uint32, I,
  L,   &ffi_type_sint64, F, D,               LL,  DD,               &f2,
  &t_large,
}, *const more_results[] = { E, &f3, &f4, &d3, &d4, &e2, &e3, &e4, &t_small, &t_ldbl };
static ffi_type *const arguments[][9] = {
  { NULL },
  { L },
  { L, L },
  { L, L, L },
  { L, L, L, L },
  { L, L, L, L, L, L },
  { L, L, L, L, L, L, L, L },
  { D },
  { D, D },
  { D, D, D, D },
  { D, D, D, D, D, D, D, D },
  { LL },
  { DD },
  { L, D, L, D },
  { L, D, L, D, L, D, L, D },
};

static void *code;

static void
act (void *data)
{
  struct use *use = data;
  ffi_call (&use->cif, CODE_AS (void (*) (void), code), use->result, use->values);
}

/* Part of main, which is what unwinding must reach.  */
static inline __attribute__ ((always_inline)) void
check (ffi_type *result, size_t a)
{
  struct signature s = { .rtype = result };
  struct use use;
  char name[64];
  for (; arguments[a][s.nargs] != NULL; s.nargs++)
    s.types[s.nargs] = arguments[a][s.nargs];
  snprintf (name, sizeof name, "result of type %d, size %zu, arguments %zu", result->type,
            result->size, a);
  use_prepare (&use, &s);
  ffi_closure *closure = MAKE_CLOSURE (&use.cif, signature_handle, NULL, &code);
  step_trampoline.low = (unsigned long) code;
  step_trampoline.high = step_trampoline.low + 32;
  CHECK_STEPPING (name, act, &use, use_sum);
  ffi_closure_free (closure);
}

int
main (void)
{
  for (size_t r = 0; r < ARRAY_SIZE (results); r++)
    for (size_t a = 0; a < ARRAY_SIZE (arguments); a++)
      check (results[r], a);
  for (size_t r = 0; r < ARRAY_SIZE (more_results); r++)
    check (more_results[r], r % ARRAY_SIZE (arguments));
  return ffitest_done ();
}
