/* SPDX-License-Identifier: MIT */
/* A shared object with libffi.a in it has no text relocations and not the reserve of
   libffi.so, keeps libffi's symbols to itself if it was linked so, and calls back 10,000
   closures, all in a process that may not make written memory executable.

   usage: plugin_loaded PLUGIN exported|hidden  */

#include "ffitest.h"
#include <dlfcn.h>
#include <link.h>
#include <sys/prctl.h>

enum
{
  CLOSURES = 10000,
  SET_MDWE = 65, /* Linux 6.3; the headers may be older */
  REFUSE_EXEC_GAIN = 1,
  /* With the reserve it would be 2 MiB more, or 1 MiB on 32-bit ports.  */
  MOST_MEMORY = sizeof (void *) == 8 ? 5 << 18 : 1 << 20
};

static const char *plugin;

static int
check_image (struct dl_phdr_info *info, size_t size, void *found)
{
  size_t memory = 0;

  (void) size;
  if (strcmp (info->dlpi_name, plugin) != 0)
    return 0;
  *(int *) found = 1;
  for (int i = 0; i < info->dlpi_phnum; i++)
    {
      const ElfW (Phdr) *header = &info->dlpi_phdr[i];
      const ElfW (Dyn) *entry = (const ElfW (Dyn) *) (info->dlpi_addr + header->p_vaddr);
      if (header->p_type == PT_LOAD)
        memory += header->p_memsz;
      if (header->p_type == PT_DYNAMIC)
        for (; entry->d_tag != DT_NULL; entry++)
          {
            CHECK_MSG (entry->d_tag != DT_TEXTREL, "expected no DT_TEXTREL, got one");
            CHECK_MSG (entry->d_tag != DT_FLAGS || !(entry->d_un.d_val & DF_TEXTREL),
                       "expected no DF_TEXTREL, got it");
          }
    }
  CHECK_MSG (memory <= MOST_MEMORY, "expected at most %u bytes of addresses, got %zu",
             MOST_MEMORY, memory);
  return 1;
}

int
main (int argc, char **argv)
{
  int found = 0;

  if (argc != 3)
    return 2;
  plugin = argv[1];
  int locked = prctl (SET_MDWE, REFUSE_EXEC_GAIN, 0, 0, 0) == 0;
  printf ("PR_SET_MDWE: %s\n", locked ? "done" : strerror (errno));

  void *object = dlopen (plugin, RTLD_NOW | RTLD_LOCAL);
  CHECK_MSG (object != NULL, "dlopen, %s: %s", locked ? "locked" : "not locked",
             dlerror ());
  dl_iterate_phdr (check_image, &found);
  CHECK_INT (found, 1);
  CHECK_INT (dlsym (object, "ffi_call") != NULL, strcmp (argv[2], "exported") == 0);

  int (*call_back) (int) = CODE_AS (int (*) (int), dlsym (object, "call_back"));
  CHECK (call_back != NULL);
  CHECK_INT (call_back (CLOSURES), CLOSURES);
  return ffitest_done ();
}
