/* SPDX-License-Identifier: MIT */
/* { needs stepping nosan room } */
/* { options -funwind-tables } */
/* { sources seal_none.c } */
/* The same as closure_steps.c for closures of a grown table, which the shared library has
   room for where its own unwind tables are; sealed ones, and more of the pages that the
   kernel writes, would need more than that.  */

#define CLOSURES 3000
#include "closure_steps.c"
