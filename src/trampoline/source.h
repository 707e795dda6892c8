/* SPDX-License-Identifier: MIT */
/* Table sources: where the code of a table comes from.  A source knows neither tables nor
   slots; it only maps trampolines.  */

#ifndef FFI_SOURCE_H
#define FFI_SOURCE_H

#include "ffi_common.h"
#include "target.h"
#include <sys/auxv.h>

/* Their numbers, as a table's descriptor, a program's choice and tools have them.  */
enum ffi_source
{
  SOURCE_IMAGE,   /* the library's text, in place or mapped again */
  SOURCE_TRAMPFD, /* the kernel wrote it */
  SOURCE_SECURE,  /* the kernel acts as if there were any */
  SOURCE_AUTO     /* as a choice: the image, then trampfd; no table says so */
};

/* The memory of a table that is being made.  */
struct table_memory
{
  char *text;  /* pages marked by replace.h that trampolines shall replace */
  char *slots; /* what they shall read, behind the text */
};

struct table_source
{
  unsigned pitch;   /* bytes from one trampoline to the next */
  size_t text_size; /* bytes of a table's trampolines; 0: a page */
};

extern const struct table_source ffi_source_image __attribute__ ((visibility ("hidden")));
extern const struct table_source ffi_source_trampfd
    __attribute__ ((visibility ("hidden")));
extern const struct table_source ffi_source_secure
    __attribute__ ((visibility ("hidden")));

static inline const struct table_source *
ffi_table_source (enum ffi_source number)
{
  return number == SOURCE_IMAGE     ? &ffi_source_image
         : number == SOURCE_TRAMPFD ? &ffi_source_trampfd
                                    : &ffi_source_secure;
}

/* No pointers to functions: each would be a relocation.  Every source has these.

   Map the trampolines of a table, executable and not writable, every byte of them
   checked. Returns 0, or -1 with errno; then the pages are still the caller's to release,
   unless errno is ENOTRECOVERABLE.  Opens no descriptor that outlives the call.  */
int ffi_source_image_map (const struct table_memory *memory);
int ffi_source_trampfd_map (const struct table_memory *memory);
int ffi_source_secure_map (const struct table_memory *memory);

static inline int
ffi_source_map (enum ffi_source number, const struct table_memory *memory)
{
  return number == SOURCE_IMAGE     ? ffi_source_image_map (memory)
         : number == SOURCE_TRAMPFD ? ffi_source_trampfd_map (memory)
                                    : ffi_source_secure_map (memory);
}

/* Map ahead what the image's source needs of the file.  Returns whether that is there.
   And unmap what it keeps between calls.  */
bool ffi_source_image_map_ahead (void);
void ffi_source_image_forget (void);

static inline size_t
ffi_source_text_size (const struct table_source *source)
{
  return source->text_size != 0 ? source->text_size : TRAMPFD_PAGE;
}

/* What LIBFFI_TRAMPOLINES says when this is first called, unless privileges were raised
   or it is no name; otherwise what the library was configured with.  */
enum ffi_source ffi_source_chosen (void);

#endif
