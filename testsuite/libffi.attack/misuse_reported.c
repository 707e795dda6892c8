/* SPDX-License-Identifier: MIT */
/* ffi_tramp_set_report: the function is called with what was misused and how, in the
   thread that did; it may leave by longjmp, after which closures are as good as ever.
   When it returns there is the line on standard error and the end.  */

#include "ffitest.h"
#include "crowd.h"
#include "../libffi.tramp/aborts.h"
#include <ffi_tramp.h>
#include <setjmp.h>

static jmp_buf back;
static char reported_text[200];
static const void *reported_address;

static void
report (const char *text, const void *address)
{
  snprintf (reported_text, sizeof reported_text, "%s", text);
  reported_address = address;
}

static void
report_and_leave (const char *text, const void *address)
{
  report (text, address);
  longjmp (back, 1);
}

static void
report_on_stderr (const char *text, const void *address)
{
  (void) address;
  dprintf (2, "reported: %s\n", text);
}

static void
call (void *code)
{
  CODE_AS (void (*) (int), code) (1);
}

#define CHECK_REPORT(action, pointer, address, text)                                     \
  do                                                                                     \
    {                                                                                    \
      reported_text[0] = '\0';                                                           \
      if (setjmp (back) == 0)                                                            \
        {                                                                                \
          action (pointer);                                                              \
          ffitest_fail (__FILE__, __LINE__, "%s returned", #action);                     \
        }                                                                                \
      CHECK_MSG (strstr (reported_text, text) != NULL, "expected \"%s\", got \"%s\"",    \
                 text, reported_text);                                                   \
      CHECK_PTR (reported_address, address);                                             \
    }                                                                                    \
  while (0)

int
main (void)
{
  static struct crowd_member members[5000];
  void *code, *volatile closure, *volatile foreign = &back;
  CHECK (ffi_tramp_set_report (report_on_stderr) == NULL);
  CHECK_ABORTS (ffi_closure_free, foreign, "reported: free of");
  CHECK_ABORTS (ffi_closure_free, foreign, "libffi: free of");
  CHECK (ffi_tramp_set_report (report_and_leave) == report_on_stderr);
  for (int round = 0; round < 100; round++)
    {
      closure = ffi_closure_alloc (sizeof (ffi_closure), &code);
      CHECK (closure != NULL);
      CHECK_REPORT (call, code, closure, "never prepared");
      ffi_closure_free (closure);
      CHECK_REPORT (call, code, closure, "freed closure");
      CHECK_REPORT (ffi_closure_free, closure, closure, "not allocated");
      CHECK_REPORT (ffi_closure_free, code, code, "code address");
      CHECK_REPORT (ffi_closure_free, foreign, foreign, "not a closure");
    }
  crowd_gather (members, ARRAY_SIZE (members));
  crowd_scatter (members, ARRAY_SIZE (members));
  CHECK (ffi_tramp_set_report (NULL) == report_and_leave);
  CHECK_ABORTS (ffi_closure_free, foreign, "libffi: free of");
  CHECK (ffi_tramp_set_report (NULL) == NULL);
  return ffitest_done ();
}
