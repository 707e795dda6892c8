/* SPDX-License-Identifier: MIT */
/* Where the code of a table comes from.  */

#ifndef FFI_SOURCE_H
#define FFI_SOURCE_H

#include "ffi_common.h"

enum ffi_source
{
  SOURCE_IMAGE,   /* the library's text, in place or mapped again */
  SOURCE_TRAMPFD, /* the kernel wrote it */
  SOURCE_SECURE,  /* the kernel acts as if there were any */
  SOURCE_AUTO     /* as a choice: the image, then trampfd; no table says so */
};

/* What LIBFFI_TRAMPOLINES says when this is first called, unless privileges were raised
   or it is no name; otherwise what the library was configured with.  */
enum ffi_source ffi_source_chosen (void);

#endif
