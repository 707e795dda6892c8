/* SPDX-License-Identifier: MIT */
/* { options -fno-pie -no-pie } */
/* { needs shared nosan } */
/* A program whose ffi_type objects are copies in its own image: the library must use
   those too, since clients compare types by address.  */

#include "ffitest.h"

extern char __executable_start[], end[];

int
main (void)
{
  /* Addresses in a volatile object, so that nothing is folded.  */
  ffi_type *volatile pointer = &ffi_type_pointer;
  if ((char *) pointer < __executable_start || (char *) pointer >= end)
    UNSUPPORTED ("this linker makes no copy relocations");
  CHECK_INT (pointer->size, sizeof (void *));
  CHECK_INT (pointer->type, FFI_TYPE_POINTER);
#ifdef FFI_TARGET_HAS_COMPLEX_TYPE
  ffi_type *volatile element = ffi_type_complex_double.elements[0];
  CHECK_PTR (element, &ffi_type_double);
#endif
  return ffitest_done ();
}
