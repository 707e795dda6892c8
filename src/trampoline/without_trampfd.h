/* SPDX-License-Identifier: MIT */
/* For target.h of a port that trampfd, doc/trampfd.md, does not know: what it would say
   of the kernel's trampolines.  Its files are built with source_without_trampfd.c in
   place of source_trampfd.c, and no trampoline of that kind ever comes to be.  */

#ifndef FFI_WITHOUT_TRAMPFD_H
#define FFI_WITHOUT_TRAMPFD_H

#define WITHOUT_TRAMPFD
#define TRAMPFD_PAGE getauxval (AT_PAGESZ)

#endif
