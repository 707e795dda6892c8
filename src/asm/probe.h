/* SPDX-License-Identifier: MIT */
/* Frames whose size depends on types: none skips over a page of the stack.

   Below a stack lies a guard page, and below that may lie somebody else's memory. Whoever
   makes a large frame touches its pages from the top down, so that the guard page is met
   before anything is stored below it.  */

#ifndef FFI_ASM_PROBE_H
#define FFI_ASM_PROBE_H

/* The smallest guard page there is, whatever the page size of the kernel that runs.  */
#define FFI_PROBE_STEP 4096

/* Frames of up to so many bytes are not probed: with what else is in any frame of
   the library, at most 1024 bytes, they are smaller than a guard page, and the next call
   touches the stack below them.  */
#define FFI_UNPROBED 3072

#ifndef LIBFFI_ASM
#include <stddef.h>

/* Touch every page from the stack pointer down to BYTES below it.  The assembly calls it
   before it moves the stack pointer, and C before alloca; not all compilers probe that
   (clang's does not on the Arms).  */
void ffi_probe_stack (size_t bytes) __attribute__ ((visibility ("hidden")));

/* alloca.  The size is hidden from the compiler: a constant one would become part of the
   frame, which is made before it can be probed.  */
#define FFI_ALLOCA(bytes)                                                                \
  ({                                                                                     \
    size_t ffi_bytes = (bytes);                                                          \
    __asm__("" : "+r"(ffi_bytes));                                                       \
    if (__builtin_expect (ffi_bytes > FFI_UNPROBED, 0))                                  \
      ffi_probe_stack (ffi_bytes);                                                       \
    __builtin_alloca (ffi_bytes);                                                        \
  })

/* BYTES on the stack: the array FEW if that is large enough, as for most signatures,
   since compilers that probe alloca do so for the smallest.  */
#define FFI_ON_STACK(few, bytes)                                                         \
  ({                                                                                     \
    size_t ffi_size = (bytes);                                                           \
    __builtin_expect (ffi_size <= sizeof (few), 1) ? (void *) (few)                      \
                                                   : FFI_ALLOCA (ffi_size);              \
  })

/* So many pointers to arguments are few.  */
enum
{
  FFI_FEW_ARGS = 16
};
#endif

#endif
