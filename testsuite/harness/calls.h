/* SPDX-License-Identifier: MIT */
/* The library calls: every register undefined at its entry is junk, the callee looks at
   all that it gets and trashes all that it may, and afterwards all that a function must
   preserve is compared.  */

#ifndef HARNESS_CALLS_H
#define HARNESS_CALLS_H

#include "harness/machine.h"

/* The functions that call.  */
enum way
{
  BY_CALL,
  BY_CALL_GO,
  BY_PLAN,
  BY_RAW_CALL,
  BY_JAVA_RAW_CALL,
  WAYS
};

static const char *const way_names[WAYS]
    = { "ffi_call", "ffi_call_go", "ffi_call_plan_invoke", "ffi_raw_call",
        "ffi_java_raw_call" };

enum
{
  /* Stack that a call may use beside the arguments, their addresses and the result; with
     arrays for a few addresses and a small result, which need no probing.  */
  CALL_STACK = 1024 + 256 + STACK_INSTRUMENTED
};

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"

/* Java has no aggregates; where raw blocks are like the stack it has no calls.  */
static FFITEST_UNUSED int
way_applies (enum way way, const struct signature *s)
{
  if (way == BY_JAVA_RAW_CALL && FFI_NATIVE_RAW_API)
    return 0;
  if (way == BY_RAW_CALL || way == BY_JAVA_RAW_CALL)
    for (unsigned i = 0; i < s->nargs; i++)
      if (s->arguments[i]->type->alignment > sizeof (ffi_raw)
          || (way == BY_JAVA_RAW_CALL && s->arguments[i]->is_aggregate))
        return 0;
  return 1;
}

/* The RVALUE that is expected at RVALUE after a call of S; MASK tells what is not
   padding.  */
static FFITEST_UNUSED void
expect_result (const struct signature *s, unsigned char *expected, unsigned char *mask)
{
  const struct kind *kind = s->result;
  size_t size = kind->letter == 'v' ? 0 : kind->type->size;
  memset (expected, RESULT_FILL, RESULT_ROOM);
  memset (mask, 0xff, RESULT_ROOM);
  memcpy (expected, s->returned, size);
  if (kind_is_integer (kind))
    kind_widen (kind, s->returned, expected);
  else if (size != 0)
    {
      memset (mask, 0, size);
      mark_value (kind->type, mask);
    }
}

/* Prepare machine_in, and *SIZE bytes of STACK, for WAY to call the callee with S.  */
static FFITEST_UNUSED void *
pass_call (struct signature *s, enum way way, void *callee, void *rvalue, void *chain,
           ffi_raw *raw, ffi_call_plan *plan, uintptr_t *stack, size_t *size)
{
  uintptr_t words[5] = { (uintptr_t) &s->cif, (uintptr_t) callee, (uintptr_t) rvalue,
                         (uintptr_t) s->avalue, (uintptr_t) chain };
  switch (way)
    {
    case BY_CALL:
      *size = pass_words (4, words, stack);
      return (void *) (uintptr_t) ffi_call;
    case BY_CALL_GO:
      *size = pass_words (5, words, stack);
      return (void *) (uintptr_t) ffi_call_go;
    case BY_PLAN:
      words[0] = (uintptr_t) plan;
      *size = pass_words (4, words, stack);
      return (void *) (uintptr_t) ffi_call_plan_invoke;
    case BY_RAW_CALL:
      words[3] = (uintptr_t) raw;
      ffi_ptrarray_to_raw (&s->cif, s->avalue, raw);
      *size = pass_words (4, words, stack);
      return (void *) (uintptr_t) ffi_raw_call;
#if !FFI_NATIVE_RAW_API
    case BY_JAVA_RAW_CALL:
      words[3] = (uintptr_t) raw;
      ffi_java_ptrarray_to_raw (&s->cif, s->avalue, raw);
      *size = pass_words (4, words, stack);
      return (void *) (uintptr_t) ffi_java_raw_call;
#endif
    default:
      return NULL;
    }
}

#pragma GCC diagnostic pop

/* Call by ABI with the signature S by WAY, with or without room for the result.  */
static FFITEST_UNUSED const char *
call_trouble (struct signature *s, const struct machine_abi *abi, enum way way,
              int wanted)
{
  static struct image arguments, result;
  static _Alignas(64) unsigned char room[RESULT_ROOM];
  static unsigned char expected[RESULT_ROOM], mask[RESULT_ROOM];
  static unsigned char values[MAX_ARGUMENTS][MAX_VALUE];
  static ffi_raw raw[MAX_ARGUMENTS * MAX_VALUE / sizeof (ffi_raw)];
  ffi_call_plan *plan = way == BY_PLAN ? ffi_call_plan_alloc (&s->cif) : NULL;
  void *rvalue = wanted ? room : NULL;
  uintptr_t stack[5];
  size_t size = 0;
  const char *wrong;

  junk_registers ();
  memset (room, RESULT_FILL, sizeof room);
  memcpy (values, s->values, sizeof values);
  place_arguments (&arguments, s, room, 0);
  if (result_in_memory (s))
    {
      memcpy (machine_memory_result, s->returned, s->result->type->size);
      machine_memory_bytes = s->result->type->size;
    }
  place_result (&result, s, room, 1, &machine_x87_given);
  apply_image (&result, &machine_give, expected);
  give_arguments (&arguments);
  void *fn = pass_call (s, way, (void *) (uintptr_t) abi->callee, rvalue, room, raw, plan,
                        stack, &size);

  wrong = run_trouble (fn, stack, size, size);
  if (wrong == NULL)
    wrong = machine_trouble (machine_c_abi, 0);
  if (wrong == NULL)
    wrong = entry_trouble (CALL_STACK + 2 * arguments.size + 96 * s->nargs
                           + s->result->type->size);
  /* Without room for a result in memory, it is the library's.  */
  if (!wanted)
    forget_result_address (&arguments, s);
  if (wrong == NULL)
    wrong = arguments_trouble (&arguments, s);
  if (wrong == NULL && way == BY_CALL_GO && has_static_chain (abi)
      && static_chain_seen (abi) != room)
    wrong = trouble ("static chain: expected %p, got %p", (void *) room,
                     static_chain_seen (abi));
  if (wrong == NULL)
    wrong = bytes_trouble ("values of the arguments", -1, s->values, values, NULL,
                           sizeof values);
  expect_result (s, expected, mask);
  if (!wanted)
    memset (expected, RESULT_FILL, sizeof expected);
  if (wrong == NULL)
    wrong = bytes_trouble ("result", -1, room, expected, mask, sizeof room);
  ffi_call_plan_free (plan);
  return wrong;
}

/* Check all ways to call a function of type TEXT.  */
static FFITEST_UNUSED void
check_calls (const char *text, const struct machine_abi *abi)
{
  static struct signature s;
  signature_prepare (&s, text, abi->abi);
  for (enum way way = 0; way < WAYS; way++)
    for (int wanted = 0; wanted <= 1 && way_applies (way, &s); wanted++)
      {
        const char *wrong = call_trouble (&s, abi, way, wanted);
        CHECK_MSG (wrong == NULL, "%s of %s, %s, %s: %s", way_names[way], text, abi->name,
                   wanted ? "result wanted" : "no result wanted", wrong);
      }
}

#endif
