/* SPDX-License-Identifier: MIT */
/* Table source: trampolines that the kernel writes, see doc/trampfd.md.

   A table is one page of /dev/trampfd with the slots behind it.  The mapping keeps the
   page, so the descriptor is closed before anybody else can have closed it, and a child
   of fork goes on with both.  */

#include "port.h"
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
  MAX_ENTRIES = 512
};

/* A trampoline as the kernel writes it for a slot at address 0.  */
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
    targets[i] = (uintptr_t) ffi_pushed_entry (entries[i]);
  return write_at (fd, TRAMPFD_TARGETS, targets, count * sizeof *targets);
}

/* Say what the trampolines are to be, and see that the kernel has understood.  */
static FFI_COLD bool
describe (int fd, const struct table_memory *memory, bool secure)
{
  const struct trampfd_code code
      = { trampolines (), secure ? TRAMPFD_SECURE : TRAMPFD_PAIR, 0 };
  const struct trampfd_data data
      = { TRAMPFD_REGISTER, { .stride = SLOT_SIZE }, (uintptr_t) memory->slots };
  struct trampfd_info info;

  return write_at (fd, TRAMPFD_CODE, &code, sizeof code)
         && write_at (fd, TRAMPFD_DATA, &data, sizeof data)
         && (!secure || write_targets (fd))
         && ffi_file_read (fd, &info, sizeof info) == sizeof info
         && info.ntrampolines == trampolines () && info.code_size == TRAMPFD_PITCH
         && info.code_offset == TRAMPFD_PAGE;
}

/* Is every trampoline what it should be?  */
static FFI_COLD bool
is_as_described (const struct table_memory *memory)
{
  static const unsigned char addresses[] = { TRAMPFD_ADDRESSES };
  char expected[TRAMPFD_PITCH];

  memcpy (expected, ffi_trampfd_code, sizeof expected);
  for (unsigned i = 0; i < trampolines (); i++)
    {
      for (unsigned j = 0; j < sizeof addresses; j++)
        {
          uintptr_t word;
          memcpy (&word, ffi_trampfd_code + addresses[j], sizeof word);
          word += (uintptr_t) memory->slots + i * SLOT_SIZE;
          memcpy (expected + addresses[j], &word, sizeof word);
        }
      for (unsigned j = 0; j < sizeof expected; j++)
        if (memory->text[i * TRAMPFD_PITCH + j] != expected[j])
          return false;
    }
  return true;
}

/* Is the file that FD is now the device's, and mapped?  Another thread may have closed
   what we opened and given its number to any other file.  */
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
  void *text = MAP_FAILED;

  int fd = ffi_file_open ("/dev/trampfd", O_RDWR | O_NOCTTY | O_NONBLOCK);
  if (fd < 0)
    return -1;
  if (is_device (fd) && describe (fd, memory, secure))
    text = ffi_pages_map (memory->text, TRAMPFD_PAGE, FFI_TEXT_PROT, MAP_PRIVATE, fd,
                          TRAMPFD_PAGE);
  int error = errno;
  /* The secure form has no code to compare.  */
  bool good
      = text != MAP_FAILED && is_mapped (fd) && (secure || is_as_described (memory));
  ffi_file_close (fd);
  errno = error;
  return good ? 0 : -1;
}

static FFI_COLD int
map_pairs (const struct table_memory *memory)
{
  return map_page (memory, false);
}

static FFI_COLD int
map_secure (const struct table_memory *memory)
{
  return map_page (memory, true);
}

const struct table_source ffi_source_trampfd = {
  .pitch = TRAMPFD_PITCH,
  .reserve_offset = TRAMPFD_OFFSET,
  .map_text = map_pairs,
};

const struct table_source ffi_source_secure = {
  .pitch = TRAMPFD_PITCH,
  .reserve_offset = TRAMPFD_OFFSET,
  .map_text = map_secure,
};
