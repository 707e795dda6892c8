/* SPDX-License-Identifier: MIT */
/* Table source: trampolines that the kernel writes, see doc/trampfd.md.

   A table is one page of trampfd(2), or of the module's /dev/trampfd, with the slots
   behind it, where its trampolines find them by their distance.  The mapping keeps the
   page, so the descriptor is closed before anybody else can have closed it, and a child
   of fork goes on with both.  */

#include "port.h"
#include "failure.h"
#include "replace.h"
#include "source.h"
#include "syscalls.h"
#include "unmap.h"
#include <errno.h>
#include <linux/trampfd.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/stat.h>

#ifndef FFI_TEXT_PROT
#define FFI_TEXT_PROT (PROT_READ | PROT_EXEC)
#endif

enum
{
  MISC_MAJOR = 10, /* of the kernel's "misc" devices; minors are dynamic */
  FACTS_TYPE = 1,  /* STATX_TYPE */
  MAX_ENTRIES = 512,
  FAR = 4096
};

/* A trampoline as the kernel writes it for a slot that is FAR bytes behind.  */
extern const char ffi_trampfd_code[TRAMPFD_PITCH] __attribute__ ((visibility ("hidden")));

/* The kernel's struct statx, which not every C library has.  */
struct device_facts
{
  uint32_t unused1[7];
  uint16_t mode, unused2;
  uint64_t unused3[12];
  uint32_t device_major, unused4[3];
  uint64_t unused5[14];
};

static unsigned
trampolines (void)
{
  return TRAMPFD_PAGE / TRAMPFD_PITCH;
}

static bool
is_device (int fd)
{
  struct device_facts facts;

  FFI_KERNEL_WROTE (&facts, sizeof facts);
  return syscall (SYS_statx, fd, "", AT_EMPTY_PATH, FACTS_TYPE, &facts) == 0
         && S_ISCHR (facts.mode) && facts.device_major == MISC_MAJOR;
}

/* A file of the system call, whose number the kernel's headers have; or -1.  A kernel
   that has another call of this number fills no info.  */
static FFI_COLD int
open_by_call (void)
{
#ifdef __NR_trampfd
  struct trampfd_info info = { 0 };
  int fd = syscall (__NR_trampfd, &info, sizeof info, 0, 0, 0, 0);

  if (fd >= 0 && info.code_size != 0 && info.code_offset == TRAMPFD_PAGE)
    return fd;
#endif
  return -1;
}

/* Write SIZE bytes at a symbolic offset.  */
static bool
write_at (int fd, enum trampfd_offsets what, const void *from, size_t size)
{
  return syscall (SYS_lseek, fd, (long) what, SEEK_SET) == (long) what
         && syscall (SYS_write, fd, from, size) == (long) size;
}

/* Let the secure form jump to our entry code and nowhere else.  */
static FFI_COLD bool
write_targets (int fd)
{
  ffi_entry *entries = FFI_ALLOCA (MAX_ENTRIES * sizeof *entries);
  uint64_t *targets = FFI_ALLOCA (MAX_ENTRIES * sizeof *targets);
  unsigned count = ffi_port_entries (entries);

  FFI_ASSERT (count <= MAX_ENTRIES);
  for (unsigned i = 0; i < count; i++)
    targets[i] = (uintptr_t) entries[i];
  return write_at (fd, TRAMPFD_TARGETS, targets, count * sizeof *targets);
}

/* Say what the trampolines are to be, and see that the kernel has understood.  */
static FFI_COLD bool
describe (int fd, const struct table_memory *memory, bool secure)
{
  const struct trampfd_code code
      = { trampolines (), secure ? TRAMPFD_SECURE : TRAMPFD_ADJACENT, 0 };
  const struct trampfd_data data = { TRAMPFD_REGISTER,
                                     { .stride = SLOT_SIZE },
                                     secure ? (uintptr_t) memory->slots : 0 };
  struct trampfd_info info;

  return write_at (fd, TRAMPFD_CODE, &code, sizeof code)
         && write_at (fd, TRAMPFD_DATA, &data, sizeof data)
         && (!secure || write_targets (fd))
         && ffi_file_read (fd, &info, sizeof info) == sizeof info
         && info.ntrampolines == trampolines () && info.code_size == TRAMPFD_PITCH
         && info.code_offset == TRAMPFD_PAGE;
}

/* Whether every trampoline is what it should be.  */
static FFI_COLD bool
is_as_described (const struct table_memory *memory)
{
  char expected[TRAMPFD_PITCH];
  uint32_t first, word;

  memcpy (expected, ffi_trampfd_code, sizeof expected);
  memcpy (&first, ffi_trampfd_code + TRAMPFD_DISTANCE, sizeof first);
  for (unsigned i = 0; i < trampolines (); i++)
    {
      uint32_t farther = TRAMPFD_PAGE - FAR + i * (SLOT_SIZE - TRAMPFD_PITCH);
      word = first + farther * TRAMPFD_SCALE;
      memcpy (expected + TRAMPFD_DISTANCE, &word, sizeof word);
      if (memcmp (memory->text + i * TRAMPFD_PITCH, expected, sizeof expected) != 0)
        return false;
    }
  return true;
}

/* Whether the file that FD is now is the device's, and mapped.  Another thread may have
   closed what was opened here and given its number to any other file.  */
static FFI_COLD bool
is_mapped (int fd)
{
  void *again = mmap (NULL, TRAMPFD_PAGE, FFI_TEXT_PROT, MAP_PRIVATE, fd, TRAMPFD_PAGE);

  if (again == MAP_FAILED)
    return errno == EEXIST;
  ffi_unmap (again, TRAMPFD_PAGE);
  return false;
}

static FFI_COLD int
map_page (const struct table_memory *memory, bool secure)
{
  enum ffi_source source = secure ? SOURCE_SECURE : SOURCE_TRAMPFD;
  ffi_tramp_step step = FFI_TRAMP_STEP_CHECK;
  void *text = MAP_FAILED;

  int fd = open_by_call ();
  bool known = fd >= 0;
  if (!known)
    fd = ffi_file_open ("/dev/trampfd", O_RDWR | O_NOCTTY | O_NONBLOCK);
  if (fd < 0)
    {
      ffi_failure_note (source, FFI_TRAMP_STEP_OPEN, errno);
      return -1;
    }
  if ((known || is_device (fd)) && describe (fd, memory, secure))
    {
      text = ffi_pages_map (memory->text, TRAMPFD_PAGE, FFI_TEXT_PROT, MAP_PRIVATE, fd,
                            TRAMPFD_PAGE);
      step = text == MAP_FAILED ? FFI_TRAMP_STEP_MAP : FFI_TRAMP_STEP_CHECK;
    }
  int error = errno;
  /* The secure form has no code to compare.  */
  bool good
      = text != MAP_FAILED && is_mapped (fd) && (secure || is_as_described (memory));
  ffi_file_close (fd);
  if (good)
    ffi_failure_forget (source);
  else
    ffi_failure_note (source, step, error != 0 ? error : EINVAL);
  errno = error;
  return good ? 0 : -1;
}

FFI_COLD int
ffi_source_trampfd_map (const struct table_memory *memory)
{
  return map_page (memory, false);
}

FFI_COLD int
ffi_source_secure_map (const struct table_memory *memory)
{
  return map_page (memory, true);
}

const struct table_source ffi_source_trampfd = {
  .pitch = TRAMPFD_PITCH,
};

const struct table_source ffi_source_secure = {
  .pitch = TRAMPFD_PITCH,
};
