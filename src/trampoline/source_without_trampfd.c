/* SPDX-License-Identifier: MIT */
/* Table sources of a port that trampfd does not know: a program that asks for them gets
   what it gets where the device is missing, closures of the image.  */

#include "failure.h"
#include <errno.h>

FFI_COLD int
ffi_source_trampfd_map (const struct table_memory *memory)
{
  (void) memory;
  ffi_failure_note (SOURCE_TRAMPFD, FFI_TRAMP_STEP_OPEN, ENODEV);
  errno = ENODEV;
  return -1;
}

FFI_COLD int
ffi_source_secure_map (const struct table_memory *memory)
{
  (void) memory;
  ffi_failure_note (SOURCE_SECURE, FFI_TRAMP_STEP_OPEN, ENODEV);
  errno = ENODEV;
  return -1;
}

const struct table_source ffi_source_trampfd = { .pitch = TRAMP_PITCH };

const struct table_source ffi_source_secure = { .pitch = TRAMP_PITCH };
