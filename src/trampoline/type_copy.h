/* SPDX-License-Identifier: MIT */
/* Copies of the types that a cif is made of, for memory that becomes read-only.  */

#ifndef FFI_TYPE_COPY_H
#define FFI_TYPE_COPY_H

#include "ffi_common.h"

/* Where copies go.  Beyond SIZE they are only counted in USED.  */
struct ffi_type_buffer
{
  char *start;
  size_t size, used;
  /* The latest scalar of each type code and its copy: equal ones share it.  */
  ffi_type scalars[FFI_TYPE_LAST + 1], *copies[FFI_TYPE_LAST + 1];
};

/* Let CIF refer to copies of its types in BUFFER.  A call of the cif then reads nothing
   that can be written: what is not copied is constant.  */
void ffi_copy_types (struct ffi_type_buffer *buffer, ffi_cif *cif);

/* Whether TYPE is an object of a basic type in the library's own image.  An executable
   may have another one in its image, which the public name means then (a copy
   relocation).  */
bool ffi_type_is_own (const ffi_type *type);

#endif
