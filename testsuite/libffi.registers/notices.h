/* SPDX-License-Identifier: MIT */
/* What tests of the harness itself share: whether it complains, and of the right thing.
 */

#ifndef NOTICES_H
#define NOTICES_H

#include "harness/calls.h"
#include "harness/closures.h"

/* GOT, of WHAT, is a complaint that starts with EXPECTED, or both are null.  */
static void
check_complaint (const char *what, const char *got, const char *expected)
{
  CHECK_MSG (expected == NULL
                 ? got == NULL
                 : got != NULL && strncmp (got, expected, strlen (expected)) == 0,
             "%s: expected a complaint \"%s\", got \"%s\"", what,
             expected != NULL ? expected : "none", got != NULL ? got : "none");
}

/* A call of FN, of ABI, with SIZE bytes of stack arguments of which it removes POPPED,
   gets that complaint.  */
static FFITEST_UNUSED void
check_function (const char *what, void (*fn) (void), const struct machine_abi *abi,
                const void *arguments, size_t size, size_t popped, const char *complaint)
{
  junk_registers ();
  const char *wrong = run_trouble ((void *) (uintptr_t) fn, arguments, size, popped);
  if (wrong == NULL)
    wrong = machine_trouble (abi, popped);
  check_complaint (what, wrong, complaint);
}

/* A function that breaks a rule, and how the complaint about it starts; or null, if it
   breaks none.  */
struct checked_function
{
  void (*fn) (void);
  const char *name, *complaint;
};
#define FUNCTION(fn, complaint)                                                          \
  {                                                                                      \
    fn, #fn, complaint                                                                   \
  }

/* COUNT of them, of the C compiler's own ABI and without stack arguments.  */
static FFITEST_UNUSED void
check_functions (const struct checked_function *functions, size_t count)
{
  for (size_t i = 0; i < count; i++)
    check_function (functions[i].name, functions[i].fn, machine_c_abi, NULL, 0, 0,
                    functions[i].complaint);
}

/* NOTHING, a function that only returns, is no closure: its handler is never called.  */
static FFITEST_UNUSED void
check_never_called (void (*nothing) (void))
{
  static struct signature s;
  signature_prepare (&s, "l:i", machine_c_abi->abi);
  check_complaint (
      "closure",
      closure_trouble (&s, machine_c_abi, CLOSURE, (void *) (uintptr_t) nothing, NULL),
      "expected to be called");
}

/* The signature TEXT by ABI, with the bits CHANGE of a byte of an argument changed
   between the call and the comparison.  */
static FFITEST_UNUSED void
check_changed (const struct machine_abi *abi, const char *text, size_t argument,
               size_t byte, unsigned char change, const char *complaint)
{
  static struct signature s;
  static struct image image;
  signature_prepare (&s, text, abi->abi);
  check_complaint (text, call_trouble (&s, abi, BY_CALL, 1), NULL);
  s.values[argument][byte] ^= change;
  place_arguments (&image, &s, NULL, 0);
  forget_result_address (&image, &s);
  check_complaint (text, arguments_trouble (&image, &s), complaint);
}

/* So for the highest bit of a byte, by the C compiler's own ABI.  */
static FFITEST_UNUSED void
check_byte (const char *text, size_t argument, size_t byte, const char *complaint)
{
  check_changed (machine_c_abi, text, argument, byte, 0x80, complaint);
}

#endif
