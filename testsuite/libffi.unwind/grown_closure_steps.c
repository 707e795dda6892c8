/* SPDX-License-Identifier: MIT */
/* { needs stepping nosan room } */
/* { options -funwind-tables } */
/* { sources seal_none.c } */
/* The same as closure_steps.c for closures of a grown table, which the shared library has
   room for where its own unwind tables are; sealed ones, and more of the pages that the
   kernel writes, would need more than that.  */

#include "ffitest.h"

/* The last half lies in two grown tables: of 4,096 after the image's, or of pages.  */
#define CLOSURES (getenv ("LIBFFI_TRAMPOLINES") == NULL ? 8200 : 300)
#include "closure_steps.c"
