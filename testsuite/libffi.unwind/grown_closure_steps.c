/* SPDX-License-Identifier: MIT */
/* { needs x86 native nosan shared } */
/* { sources seal_none.c } */
/* The same as closure_steps.c for closures of a grown table, which the shared library has
   room for where its own unwind tables are; sealed ones would need more than that.  */

#define CLOSURES_BEFORE 3000
#include "closure_steps.c"
