/* SPDX-License-Identifier: MIT */
/* { needs x86_64 } */
/* { options -Wno-deprecated-declarations } */
/* preset_structs.c by the Microsoft x64 convention.  */

#include "win64.h"
#include "../libffi.call/preset_structs.c"
