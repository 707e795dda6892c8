/* SPDX-License-Identifier: MIT */
/* { needs x86 native nosan } */
/* The same as closure_steps.c for closures of a grown table.  */

#define CLOSURES_BEFORE 3000
#include "closure_steps.c"
