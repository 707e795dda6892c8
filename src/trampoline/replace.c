/* SPDX-License-Identifier: MIT */
/* Replacing the library's own pages; see replace.h.  */

#include "replace.h"
#include "syscalls.h"
#include "unmap.h"
#include <errno.h>

enum
{
  MARK = 0x66664952, /* the first word of the library's pages, and of nobody else's */
  WAIT_PRIVATE = 128 /* FUTEX_WAIT_PRIVATE of <linux/futex.h> */
};

void
ffi_pages_mark (char *pages)
{
  __atomic_store_n ((uint32_t *) pages, MARK, __ATOMIC_RELAXED);
}

/* The kernel compares the word, and waits no time if it is the mark.  */
FFI_COLD bool
ffi_pages_are_marked (const char *pages)
{
  const long no_time[2] = { 0, 0 };

  while (syscall (SYS_futex, pages, WAIT_PRIVATE, MARK, no_time, NULL, 0) != 0)
    if (errno != EINTR)
      return errno == ETIMEDOUT;
  return false;
}

FFI_COLD bool
ffi_pages_claim_again (char *pages, size_t size)
{
  char *again = mmap (pages, size, PROT_READ,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);

  /* A kernel before 4.17 takes the address for a hint.  */
  if (again != MAP_FAILED && again != pages)
    ffi_unmap (again, size);
  return again == pages;
}

/* Set errno, which says why the SIZE bytes at AT were not replaced.  */
static FFI_COLD void
note_refusal (char *at, size_t size)
{
  int error = errno;

  errno = ffi_pages_are_marked (at) || ffi_pages_claim_again (at, size) ? error
                                                                        : ENOTRECOVERABLE;
}

FFI_COLD char *
ffi_pages_map (char *at, size_t size, int prot, int flags, int fd, uint64_t offset)
{
  char *text = mmap (at, size, prot, flags | MAP_FIXED, fd, offset);

  if (text == MAP_FAILED)
    note_refusal (at, size);
  return text;
}

FFI_COLD bool
ffi_pages_move (char *text, size_t size, char *at)
{
  if (ffi_move_mapping (text, size, at) == 0)
    return true;
  note_refusal (at, size);
  return false;
}
