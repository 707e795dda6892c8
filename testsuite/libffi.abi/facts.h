/* SPDX-License-Identifier: MIT */
/* What the program that abi.exp makes of the facts is made with.  It goes on after a
   fact that does not hold, so that all of them are told.  */

#ifndef FACTS_H
#define FACTS_H

#include "ffitest.h"
#include <ffi_tramp.h>

static int facts_wrong;

static void
fact (const char *what, long long expected, long long got)
{
  ffitest_checks++;
  if (expected == got)
    return;
  printf ("FAILED: %s: expected %lld, got %lld\n", what, expected, got);
  facts_wrong = 1;
}

static void
fact_holds (int holds, const char *what, const char *expected, const char *got)
{
  ffitest_checks++;
  if (holds)
    return;
  printf ("FAILED: %s: expected %s, got %s\n", what, expected, got);
  facts_wrong = 1;
}

#define FACT(what, expected, got) fact (what, expected, (long long) (got))
#define DECLARED(name, ...)                                                              \
  fact_holds (                                                                           \
      __builtin_types_compatible_p (__typeof__ (&name), __typeof__ (__VA_ARGS__) *),     \
      #name, #__VA_ARGS__, "another type")
#define DEFINED(name, is) fact_holds (is, name, "a macro", "none")

/* FFI_VFP or FFI_SYSV, by what the compiler does.  */
#ifdef __ARM_PCS_VFP
#define ARM_DEFAULT_ABI 2
#else
#define ARM_DEFAULT_ABI 1
#endif

#endif
