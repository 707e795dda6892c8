/* SPDX-License-Identifier: MIT */
/* { needs stepping nosan reserve } */
/* { options -funwind-tables } */
/* { sources support/seal_none.c } */
/* From each instruction of a call of a closure of a grown table, unwinding reaches main.
   The shared library has room for such tables where its own unwind tables hold; sealed
   ones, and more of the pages that the kernel writes, would need more than that.  */

#include "ffitest.h"

/* The last half lies in two grown tables: of 4,096 after the image's, or of pages.  */
#define CLOSURES (getenv ("LIBFFI_TRAMPOLINES") == NULL ? 8200 : 300)
#include "closure_steps.c"
