/* SPDX-License-Identifier: MIT */
/* Table source: trampolines that the kernel writes, see doc/trampfd.md.

   A table is one page of /dev/trampfd with the slots behind it.  The mapping keeps the
   page, so the descriptor is closed before anybody else can have closed it, and a child
   of fork goes on with both.  */

#include "arch.h"
#include "syscalls.h"
#include "tables.h"
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
write_targets (int fd, const struct table *t)
{
  ffi_entry *entries = FFI_ALLOCA (MAX_ENTRIES * sizeof *entries);
  uint64_t *targets = FFI_ALLOCA (MAX_ENTRIES * sizeof *targets);
  unsigned count = ffi_arch_entries (entries);

  FFI_ASSERT (count <= MAX_ENTRIES);
  for (unsigned i = 0; i < count; i++)
    targets[i] = (uintptr_t) ffi_table_entry (t, entries[i]);
  return write_at (fd, TRAMPFD_TARGETS, targets, count * sizeof *targets);
}

/* Say what T is to be, and see that the kernel has understood.  */
static FFI_COLD bool
describe (int fd, const struct table *t)
{
  const bool secure = t->source == SOURCE_SECURE;
  const struct trampfd_code code
      = { t->count, secure ? TRAMPFD_SECURE : TRAMPFD_PAIR, 0 };
  const struct trampfd_data data
      = { TRAMPFD_REGISTER, { .stride = SLOT_SIZE }, (uintptr_t) t->slots };
  struct trampfd_info info;

  return write_at (fd, TRAMPFD_CODE, &code, sizeof code)
         && write_at (fd, TRAMPFD_DATA, &data, sizeof data)
         && (!secure || write_targets (fd, t))
         && ffi_file_read (fd, &info, sizeof info) == sizeof info
         && info.ntrampolines == t->count && info.code_size == TRAMPFD_PITCH
         && info.code_offset == TRAMPFD_PAGE;
}

/* Is every trampoline of T what it should be?  */
static FFI_COLD bool
is_as_described (const struct table *t)
{
  static const unsigned char addresses[] = { TRAMPFD_ADDRESSES };
  char expected[TRAMPFD_PITCH];

  memcpy (expected, ffi_trampfd_code, sizeof expected);
  for (unsigned i = 0; i < t->count; i++)
    {
      for (unsigned j = 0; j < sizeof addresses; j++)
        {
          uintptr_t word;
          memcpy (&word, ffi_trampfd_code + addresses[j], sizeof word);
          word += (uintptr_t) t->slots + i * SLOT_SIZE;
          memcpy (expected + addresses[j], &word, sizeof word);
        }
      for (unsigned j = 0; j < sizeof expected; j++)
        if (t->text[i * TRAMPFD_PITCH + j] != expected[j])
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

FFI_COLD int
ffi_trampfd_map_text (struct table *t)
{
  void *text = MAP_FAILED;

  int fd = ffi_file_open ("/dev/trampfd", O_RDWR | O_NOCTTY | O_NONBLOCK);
  if (fd < 0)
    return -1;
  if (is_device (fd) && describe (fd, t))
    text = ffi_reserve_map_text (t->text, TRAMPFD_PAGE, FFI_TEXT_PROT, MAP_PRIVATE, fd,
                                 TRAMPFD_PAGE);
  int error = errno;
  /* The secure form has no code to compare.  */
  bool good = text != MAP_FAILED && is_mapped (fd)
              && (t->source == SOURCE_SECURE || is_as_described (t));
  ffi_file_close (fd);
  errno = error;
  return good ? 0 : -1;
}
