/* SPDX-License-Identifier: MIT */
/* { needs x86_64 } */
/* struct_arguments.c by the Microsoft x64 convention.  */

#include "win64.h"
#include "../libffi.closures/struct_arguments.c"
