/* SPDX-License-Identifier: MIT */
/* { needs x86_64 } */
/* struct_registers_exhausted.c by the Microsoft x64 convention.  */

#include "win64.h"
#include "../libffi.closures/struct_registers_exhausted.c"
