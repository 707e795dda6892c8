/* SPDX-License-Identifier: MIT */
/* Thousands of trampolines, of the image and of grown tables, enter the same static code
   with data of their own, also after they are prepared again and allocated again.  */

#include "ffitest.h"
#include "targets.h"

enum
{
  COUNT = 12000
};

static ffi_tramp *tramps[COUNT];
static void *codes[COUNT];
static int numbers[COUNT];

static void
check_all (int add)
{
  for (int i = 0; i < COUNT; i++)
    {
      CHECK_PTR (ffi_tramp_code (tramps[i]), codes[i]);
      CHECK_INT (CODE_AS (adder, codes[i]) (5), i + add + 5);
    }
}

int
main (void)
{
  int image = 0, grown = 0;

  for (int i = 0; i < COUNT; i++)
    {
      numbers[i] = i;
      tramps[i] = make_adder (&numbers[i]);
      CHECK_MSG (tramps[i] != NULL, "trampoline %d: %s", i, strerror (errno));
      codes[i] = ffi_tramp_code (tramps[i]);
      image += ffi_tramp_source_of (codes[i]) == FFI_TRAMP_IMAGE;
      grown += ffi_tramp_source_of (codes[i]) == FFI_TRAMP_GROWN;
    }
  CHECK_INT (image + grown, COUNT);
  CHECK (image >= 1000 && grown >= 1000);
  check_all (0);

  /* Every second one gets other data; every third one is freed and allocated.  */
  static int others[COUNT];
  for (int i = 0; i < COUNT; i += 2)
    {
      others[i] = numbers[i];
      CHECK_INT (ffi_tramp_init (tramps[i], target_adds, &others[i]), 0);
      numbers[i] = -1;
    }
  check_all (0);
  for (int i = 0; i < COUNT; i += 3)
    ffi_tramp_free (tramps[i]);
  for (int i = 0; i < COUNT; i += 3)
    {
      numbers[i] = i;
      tramps[i] = make_adder (&numbers[i]);
      codes[i] = ffi_tramp_code (tramps[i]);
    }
  check_all (0);
  for (int i = 0; i < COUNT; i++)
    ++*(i % 2 == 0 && i % 3 != 0 ? &others[i] : &numbers[i]);
  check_all (1);
  for (int i = 0; i < COUNT; i++)
    ffi_tramp_free (tramps[i]);
  return ffitest_done ();
}
