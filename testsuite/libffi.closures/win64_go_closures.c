/* SPDX-License-Identifier: MIT */
/* { needs x86_64 } */
/* go_closures.c by the Microsoft x64 convention.  */

#include "win64.h"
#include "../libffi.closures/go_closures.c"
