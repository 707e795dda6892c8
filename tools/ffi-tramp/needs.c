/* SPDX-License-Identifier: MIT */
/* What a growth that was refused would need, in words.  */

#include "ffi-tramp.h"
#include <errno.h>
#include <string.h>

static const char address_space[]
    = "room: see ulimit -v, the control group's memory and vm.max_map_count";

/* What a step needs, by the error; 0 is any other.  The texts say %s for the file.  */
static const struct need
{
  ffi_tramp_step step;
  int error;
  const char *text;
} needs[] = {
  { FFI_TRAMP_STEP_MEMORY, 0, address_space },
  { FFI_TRAMP_STEP_OPEN, ENOENT,
    "%s where the process can open it: it is not in this root directory, or was "
    "removed" },
  { FFI_TRAMP_STEP_OPEN, EMFILE, "a free descriptor: see ulimit -n" },
  { FFI_TRAMP_STEP_OPEN, ENFILE, "a free descriptor in the system: see fs.file-max" },
  { FFI_TRAMP_STEP_OPEN, EACCES,
    "permission to read %s and to search its directories, by mode and by the security "
    "module" },
  { FFI_TRAMP_STEP_OPEN, EPERM, "a system call filter that lets openat open %s" },
  { FFI_TRAMP_STEP_OPEN, 0, "that %s can be opened" },
  { FFI_TRAMP_STEP_CHECK, 0,
    "the file that was loaded: %s is another one by now, so start the program anew" },
  { FFI_TRAMP_STEP_MAP, ENOMEM, address_space },
  { FFI_TRAMP_STEP_MAP, EPERM,
    "that %s can be mapped executable: no noexec on its file system, no filter that "
    "refuses mmap and mprotect with PROT_EXEC for a file" },
  { FFI_TRAMP_STEP_MAP, EACCES,
    "that %s can be mapped executable: the security module must permit it (SELinux: "
    "execute; IPE: the file system's integrity)" },
  { FFI_TRAMP_STEP_MAP, 0, "that %s can be mapped executable" },
};

static const char *const step_names[] = {
  [FFI_TRAMP_STEP_NONE] = NULL,   [FFI_TRAMP_STEP_MEMORY] = "memory",
  [FFI_TRAMP_STEP_OPEN] = "open", [FFI_TRAMP_STEP_CHECK] = "check",
  [FFI_TRAMP_STEP_MAP] = "map",
};

const char *
step_name (const ffi_tramp_failure *failure)
{
  return (size_t) failure->step < sizeof step_names / sizeof step_names[0]
             ? step_names[failure->step]
             : "unknown";
}

const char *
growth_needs (const ffi_tramp_failure *failure, const char *library, char *room,
              size_t size)
{
  const char *file = failure->source == FFI_TRAMP_GROWN
                         ? library
                         : "/dev/trampfd, the kernel's module,";

  for (size_t i = 0; i < sizeof needs / sizeof needs[0]; i++)
    {
      const struct need *need = &needs[i];
      if (need->step != failure->step
          || (need->error != 0 && need->error != failure->error))
        continue;
      const char *gap = strstr (need->text, "%s");
      if (gap == NULL)
        return need->text;
      snprintf (room, size, "%.*s%s%s", (int) (gap - need->text), need->text, file,
                gap + 2);
      return room;
    }
  return NULL;
}
