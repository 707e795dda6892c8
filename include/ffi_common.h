/* SPDX-License-Identifier: MIT */
/* What every source file of the library shares.  Internal.  */

#ifndef FFI_COMMON_H
#define FFI_COMMON_H

#include "fficonfig.h"

/* Objects are compiled with -fvisibility=hidden; the public API is not.  */
#define FFI_API __attribute__ ((visibility ("default")))

#include "asm/probe.h"
#include <ffi.h>
#include <stdbool.h>
#include <stdint.h>

#define likely(x) __builtin_expect (!!(x), 1)
#define unlikely(x) __builtin_expect (!!(x), 0)

/* Rarely called: compiled for size.  */
#define FFI_COLD __attribute__ ((cold))

#define FFI_ALIGN_UP(x, a) (((x) + ((a) -1)) & ~((a) -1))

/* Room for a value of TYPE, on the stack of the function that it is written in.  For
   files that include scalar.h.  */
#define FFI_ROOM_FOR(type)                                                               \
  ({                                                                                     \
    size_t ffi_align = ffi_alignment_of (type);                                          \
    char *ffi_room = FFI_ALLOCA ((type)->size + ffi_align);                              \
    ffi_room + (-(uintptr_t) ffi_room & (ffi_align - 1));                                \
  })

/* The value of TYPE at VALUE, copied to where its alignment wants it, on the same stack.
   What TYPE says is read once: a copy never is larger than its room.  */
#define FFI_ALIGNED_COPY(type, value)                                                    \
  ({                                                                                     \
    size_t ffi_size = (type)->size, ffi_align = ffi_alignment_of (type);                 \
    char *ffi_room = FFI_ALLOCA (ffi_size + ffi_align);                                  \
    memcpy (ffi_room + (-(uintptr_t) ffi_room & (ffi_align - 1)), value, ffi_size);      \
  })

/* Bits of the unit in which free slots and the like are counted.  */
#define FFI_WORD_BITS (8 * (unsigned) sizeof (unsigned long))

/* The address of entry code.  */
typedef void (*ffi_entry) (void);

/* A handler as closures of every kind store it.  */
typedef void (*ffi_handler) (ffi_cif *, void *, void **, void *);

#ifdef FFI_DEBUG
/* Abort with FILE, LINE and TEXT on stderr.  */
_Noreturn void ffi_assert_failed (const char *file, int line, const char *text);
#define FFI_ASSERT(x) ((x) ? (void) 0 : ffi_assert_failed (__FILE__, __LINE__, #x))
#else
#define FFI_ASSERT(x) ((void) 0)
#endif

#endif
