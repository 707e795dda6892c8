/* SPDX-License-Identifier: MIT */
/* { needs native shared nosan } */
/* { options -pthread -ldl } */
/* { timeout 300 } */
/* The library is unloaded in a process with other threads, none of which uses it any
   more: nothing of it is left, although it had hundreds of thousands of closures,
   reserved tables, and large closures all over the address space.  */

#include "ffitest.h"
#include "../libffi.tramp/maps.h"
#include "descriptors.h"
#include "second_library.h"
#include <pthread.h>
#include <sys/mman.h>

enum
{
  /* More than a block of descriptors can have.  */
  COUNT = sizeof (void *) == 8 ? 300000 : 100000,
  LARGE = 20
};

static void *closures[COUNT];

static void *
sleep_on (void *unused)
{
  for (;;)
    pause ();
  return unused;
}

/* Pages that are mapped now.  */
static unsigned long
pages_mapped (void)
{
  char text[100] = "";
  int fd = open ("/proc/self/statm", O_RDONLY | O_CLOEXEC);
  CHECK (fd >= 0 && read (fd, text, sizeof text - 1) > 0);
  close (fd);
  return strtoul (text, NULL, 10);
}

static void
use_library (void)
{
  void *large[LARGE], *code;
  second_library_load ();
  int (*reserve) (size_t)
      = CODE_AS (int (*) (size_t), dlsym (second_library.handle, "ffi_tramp_reserve"));
  CHECK (reserve != NULL);
  for (int i = 0; i < LARGE; i++)
    CHECK ((large[i] = second_library.alloc (
                (size_t) 1 << (sizeof (void *) == 8 ? 26 : 22), &code))
           != NULL);
  for (int i = 0; i < COUNT; i++)
    CHECK ((closures[i] = second_library.alloc (sizeof (ffi_closure), &code)) != NULL);
  for (int i = 0; i < COUNT; i++)
    second_library.free (closures[i]);
  CHECK_INT (reserve (10000), 0);
  for (int i = 0; i < LARGE; i++)
    second_library.free (large[i]);
  second_library_unload ();
}

int
main (void)
{
  pthread_t thread;
  for (int i = 0; i < 3; i++)
    CHECK_INT (pthread_create (&thread, NULL, sleep_on, NULL), 0);
  /* The loader keeps something of its own.  */
  for (int i = 0; i < 2; i++)
    use_library ();
  int descriptors = open_descriptors (1024), mappings = mapping_count ();
  unsigned long pages = pages_mapped ();
  CHECK (mappings > 0);
  for (int i = 0; i < 20; i++)
    use_library ();
  CHECK_INT (open_descriptors (1024), descriptors);
  CHECK_INT (mapping_count (), mappings);
  CHECK_UINT (pages_mapped (), pages);
  return ffitest_done ();
}
