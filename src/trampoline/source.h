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
  char *text;  /* marked pages of ours, see replace.h, that trampolines shall replace */
  char *slots; /* what they shall read, behind the text */
};

struct table_source
{
  unsigned pitch;        /* bytes from one trampoline to the next */
  size_t text_size;      /* bytes of a table's trampolines; 0: a page */
  size_t reserve_offset; /* where they lie in an area of the reserve */

  /* Map the trampolines, executable and not writable, every byte of them checked.
     Returns 0, or -1 with errno; then the pages are still the caller's to release, unless
     errno is ENOTRECOVERABLE.  Opens no descriptor that outlives the call.  */
  int (*map_text) (const struct table_memory *memory);

  /* Map ahead what map_text needs of the file.  Returns whether that is there.  Null, as
     the next: there is nothing to do.  */
  bool (*map_ahead) (void);

  /* Unmap what is kept between calls.  */
  void (*forget) (void);
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

static inline size_t
ffi_source_text_size (const struct table_source *source)
{
  return source->text_size != 0 ? source->text_size : TRAMPFD_PAGE;
}

/* What a trampoline that the kernel makes has to jump to, to enter ENTRY.  */
static inline ffi_entry
ffi_pushed_entry (ffi_entry entry)
{
  return (ffi_entry) ((char *) entry - PUSHED_ENTRY);
}

/* What LIBFFI_TRAMPOLINES says when this is first called, unless privileges were raised
   or it is no name; otherwise what the library was configured with.  */
enum ffi_source ffi_source_chosen (void);

#endif
