/* SPDX-License-Identifier: MIT */
/* { needs shared nosan } */
/* The library's segments span no more than 2 MiB (1 MiB on 32-bit targets) beyond what
   they hold, and nobody has to hold what grown tables may need: a process may lock all
   its memory under a limit of 8 MiB.  */

#include "ffitest.h"
#include <link.h>

static uintptr_t low = UINTPTR_MAX, high, contents;

static int
visit (struct dl_phdr_info *info, size_t size, void *address)
{
  uintptr_t from = UINTPTR_MAX, to = 0, sum = 0;
  (void) size;
  for (int i = 0; i < info->dlpi_phnum; i++)
    {
      const ElfW (Phdr) *ph = &info->dlpi_phdr[i];
      if (ph->p_type != PT_LOAD)
        continue;
      uintptr_t start = info->dlpi_addr + ph->p_vaddr, end = start + ph->p_memsz;
      from = start < from ? start : from;
      to = end > to ? end : to;
      /* Of memory that cannot be written, only the file's part says anything.  */
      sum += (ph->p_flags & PF_W) != 0 ? ph->p_memsz : ph->p_filesz;
    }
  if ((uintptr_t) address < from || (uintptr_t) address >= to)
    return 0;
  low = from;
  high = to;
  contents = sum;
  return 1;
}

int
main (void)
{
  const uintptr_t most = (uintptr_t) (sizeof (void *) == 8 ? 2 : 1) << 20;
  CHECK_INT (dl_iterate_phdr (visit, (void *) (uintptr_t) ffi_closure_alloc), 1);
  CHECK_MSG (high - low - contents <= most,
             "%lu bytes beyond what the library holds, at most %lu are expected",
             (unsigned long) (high - low - contents), (unsigned long) most);
  return ffitest_done ();
}
