/* SPDX-License-Identifier: MIT */
/* { needs x86_64 } */
/* structs_through_call_and_closure.c by the Microsoft x64 convention.  */

#include "win64.h"
#include "../libffi.closures/structs_through_call_and_closure.c"
