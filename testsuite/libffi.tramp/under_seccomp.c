/* SPDX-License-Identifier: MIT */
/* { needs native nosan } */
/* 100,000 closures under a filter that refuses mappings both writable and
   executable, and mprotect and pkey_mprotect to executable.  */

#include "ffitest.h"
#include "crowd.h"
#include "seccomp_filter.h"
#include <sys/mman.h>
#include <unistd.h>

#ifdef __NR_mmap2
#define NR_MMAP __NR_mmap2
#else
#define NR_MMAP __NR_mmap
#endif

static struct crowd_member members[100000];

int
main (void)
{
  struct sock_filter filter[] = {
    LOAD (nr),
    UNLESS_EQUAL (NR_MMAP, 5),
    LOAD_ARGUMENT (2),
    UNLESS_SET (PROT_WRITE, 2),
    UNLESS_SET (PROT_EXEC, 1),
    ANSWER (SECCOMP_RET_ERRNO | EPERM),
    ANSWER (SECCOMP_RET_ALLOW),
    UNLESS_EQUAL (__NR_mprotect, 3),
    LOAD_ARGUMENT (2),
    UNLESS_SET (PROT_EXEC, 5),
    ANSWER (SECCOMP_RET_ERRNO | EPERM),
    UNLESS_EQUAL (__NR_pkey_mprotect, 3),
    LOAD_ARGUMENT (2),
    UNLESS_SET (PROT_EXEC, 1),
    ANSWER (SECCOMP_RET_ERRNO | EPERM),
    ANSWER (SECCOMP_RET_ALLOW),
  };
  long page_size = sysconf (_SC_PAGESIZE);
  if (!install_filter (filter, ARRAY_SIZE (filter)))
    UNSUPPORTED ("the kernel has no seccomp filters");
  void *page = mmap (NULL, (size_t) page_size, PROT_READ | PROT_WRITE | PROT_EXEC,
                     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  CHECK_MSG (page == MAP_FAILED,
             "the filter lets writable and executable memory through");
  page = mmap (NULL, (size_t) page_size, PROT_READ | PROT_WRITE,
               MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  CHECK_MSG (page != MAP_FAILED, "the filter refuses plain memory");
  CHECK_INT (mprotect (page, (size_t) page_size, PROT_READ | PROT_EXEC), -1);
  CHECK_INT (mprotect (page, (size_t) page_size, PROT_READ), 0);
  crowd_gather (members, ARRAY_SIZE (members));
  crowd_scatter (members, ARRAY_SIZE (members));
  crowd_gather (members, ARRAY_SIZE (members));
  return ffitest_done ();
}
