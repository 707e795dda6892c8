/* SPDX-License-Identifier: MIT */
/* For programs that do not include ffitest.h: linked into one, it ends that program
   before main if another libffi than the file FFI_LIBRARY was loaded.  */

#include "loaded_library.h"
