/* SPDX-License-Identifier: MIT */
/* Replacing the library's own pages by a mapping, which the system may refuse half done.

   No kernel promises that a mapping which replaces another is made or nothing happens:
   before 6.12 it unmaps first what is to be replaced, and may then refuse the mapping.
   Another thread's mapping can get the addresses before anybody knows.  So where that is
   refused the pages are looked at, and those that may be somebody else's are never
   touched again.  */

#ifndef FFI_REPLACE_H
#define FFI_REPLACE_H

#include "ffi_common.h"

/* Mark PAGES as the library's, by writing to them.  */
void ffi_pages_mark (char *pages);

/* Whether the word at PAGES, which may be unmapped, marks them as the library's.  */
bool ffi_pages_are_marked (const char *pages);

/* After a mapping that would have replaced SIZE bytes at PAGES was refused: claim them
   again if nobody has them.  */
bool ffi_pages_claim_again (char *pages, size_t size);

/* Map SIZE bytes of FD over marked pages at AT; and move TEXT there, the library's pages.
   If that is refused, errno says why, or is ENOTRECOVERABLE: the pages were unmapped, and
   somebody else may have mapped others there since.  */
char *ffi_pages_map (char *at, size_t size, int prot, int flags, int fd, uint64_t offset);
bool ffi_pages_move (char *text, size_t size, char *at);

#endif
