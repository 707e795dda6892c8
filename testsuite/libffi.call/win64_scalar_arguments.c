/* SPDX-License-Identifier: MIT */
/* { needs x86_64 } */
/* scalar_arguments.c by the Microsoft x64 convention.  */

#include "win64.h"
#include "../libffi.call/scalar_arguments.c"
