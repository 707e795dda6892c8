/* SPDX-License-Identifier: MIT */
/* System calls as they are.  libc's open, read and close are points at which a thread
   can be cancelled, which would leave a descriptor open and a table half made; and each
   function of libc is one more relocation when a program starts.  Errors are -1 with
   errno.  */

#ifndef FFI_FILE_H
#define FFI_FILE_H

#include "ffi_common.h"
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The memory sanitizer does not see what the kernel writes.  */
#ifdef __has_feature
#if __has_feature(memory_sanitizer)
#include <sanitizer/msan_interface.h>
#define FFI_KERNEL_WROTE(address, size) __msan_unpoison (address, size)
#endif
#endif
#ifndef FFI_KERNEL_WROTE
#define FFI_KERNEL_WROTE(address, size) ((void) (address), (void) (size))
#endif

#ifndef MAP_FIXED_NOREPLACE
#define MAP_FIXED_NOREPLACE 0x100000
#endif

/* Open PATH to read it, with FLAGS beside.  */
static inline int
ffi_file_open (const char *path, int flags)
{
  return syscall (SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC | flags);
}

static inline ssize_t
ffi_file_read (int fd, void *buffer, size_t size)
{
  FFI_KERNEL_WROTE (buffer, size);
  return syscall (SYS_read, fd, buffer, size);
}

static inline void
ffi_file_close (int fd)
{
  syscall (SYS_close, fd);
}

/* What the kernel says of a file.  On 64-bit systems that is libc's struct stat, which
   elsewhere may have no room for the number of an inode.  */
#if __SIZEOF_LONG__ == 8
typedef struct stat ffi_file_facts;
#else
typedef struct
{
  uint64_t st_dev;
  uint32_t unused1[2], st_mode, st_nlink, st_uid, group;
  uint64_t of_device;
  uint32_t unused2;
  uint64_t st_size;
  uint32_t block_size;
  uint64_t blocks;
  uint32_t times[6];
  uint64_t st_ino;
} ffi_file_facts;
#endif

static inline int
ffi_file_status (int fd, ffi_file_facts *facts)
{
  FFI_KERNEL_WROTE (facts, sizeof *facts);
#if __SIZEOF_LONG__ == 8
  return syscall (SYS_newfstatat, fd, "", facts, AT_EMPTY_PATH);
#else
  return syscall (SYS_fstat64, fd, facts);
#endif
}

enum
{
  FFI_PROC_MAGIC = 0x9fa0 /* PROC_SUPER_MAGIC of <linux/magic.h> */
};

/* What a number that was opened stands for.  Another thread may have closed it and opened
   something else that got the number; then the library may not close it.  */
enum ffi_file_found
{
  FILE_SAME,
  FILE_OTHER,
  FILE_UNKNOWN /* the system does not say */
};

/* Whether FD is still the file that FACTS are of.  */
static inline enum ffi_file_found
ffi_file_again (int fd, const ffi_file_facts *facts)
{
  ffi_file_facts now;

  if (ffi_file_status (fd, &now) != 0)
    return FILE_UNKNOWN;
  return now.st_dev == facts->st_dev && now.st_ino == facts->st_ino ? FILE_SAME
                                                                    : FILE_OTHER;
}

/* Whether the file open as FD is of the kernel's /proc, and not one that somebody put
   where a new root has /proc.  */
static inline enum ffi_file_found
ffi_file_is_of_proc (int fd)
{
  long about[32]; /* the first word of the kernel's struct statfs is the type */

  FFI_KERNEL_WROTE (about, sizeof about);
  if (syscall (SYS_fstatfs, fd, about) != 0)
    return FILE_UNKNOWN;
  return about[0] == FFI_PROC_MAGIC ? FILE_SAME : FILE_OTHER;
}

/* Write to stderr, whether that works or not.  */
static inline void
ffi_file_complain (const char *text, size_t size)
{
  syscall (SYS_write, STDERR_FILENO, text, size);
}

static inline uid_t
ffi_effective_user (void)
{
#ifdef SYS_geteuid32
  return syscall (SYS_geteuid32);
#else
  return syscall (SYS_geteuid);
#endif
}

static inline int
ffi_unmap_pages (void *start, size_t size)
{
  return syscall (SYS_munmap, start, size);
}

/* mprotect, which libc would add nothing to.  */
static inline int
ffi_protect (void *start, size_t size, int prot)
{
  return syscall (SYS_mprotect, start, size, prot);
}

/* Map the pages at OLD, which are shared, a second time.  Returns MAP_FAILED with errno.
 */
static inline void *
ffi_clone_mapping (const void *old, size_t size)
{
  return (void *) syscall (SYS_mremap, old, 0, size, MREMAP_MAYMOVE, 0);
}

/* Move the pages at OLD to AT, in place of what is there.  */
static inline int
ffi_move_mapping (const void *old, size_t size, void *at)
{
  long to = syscall (SYS_mremap, old, size, size, MREMAP_MAYMOVE | MREMAP_FIXED, at);
  return to == (long) at ? 0 : -1;
}

/* Let pages of no file, which need not be writable, read as zero.  */
static inline int
ffi_discard_pages (void *start, size_t size)
{
  const int even_locked_ones = 24; /* MADV_DONTNEED_LOCKED, since 5.18 */

  if (syscall (SYS_madvise, start, size, MADV_DONTNEED) == 0)
    return 0;
  return syscall (SYS_madvise, start, size, even_locked_ones);
}

#endif
