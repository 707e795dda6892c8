/* SPDX-License-Identifier: MIT */
/* For classify.h of a port that has one ffi_invoke, and whose entries load the result by
   its RET code alone.  */

#ifndef FFI_ONE_INVOKE_H
#define FFI_ONE_INVOKE_H

static inline void
ffi_port_invoke (const struct ffi_call *call)
{
  ffi_invoke (call);
}

typedef unsigned ffi_leave;
#define PORT_INNER ffi_leave

static inline ffi_leave
ffi_port_leave (const ffi_cif *cif)
{
  return cif->flags & RET_MASK;
}

#endif
