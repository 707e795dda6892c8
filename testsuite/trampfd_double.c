/* SPDX-License-Identifier: MIT */
/* The test double of /dev/trampfd: see trampfd_double.h.  */

#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1
#endif

#include "trampfd_double.h"
#include "../kernel/trampfd/uapi/linux/trampfd.h"
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

struct double_behaviour double_behaviour;
struct double_record double_record;

/* An open file of the device, by descriptor.  */
struct file
{
  bool open;
  long position;
  struct trampfd_code code;
  struct trampfd_data data;
  uint64_t targets[TRAMPFD_MAX_TARGETS];
  unsigned ntargets;
};

/* A page, as mmap left it.  */
struct page
{
  char *text;
  unsigned form;
  unsigned ntargets;
  uint64_t *targets;
};

enum
{
  FILES = 64,
  PAGES = 16384
};
static struct file files[FILES];
static struct page pages[PAGES];
static int npages;

static long (*real_syscall) (long, ...);
static void *(*real_mmap) (void *, size_t, int, int, int, off_t);

static __attribute__ ((constructor)) void
find_real (void)
{
  real_syscall = (long (*) (long, ...)) dlsym (RTLD_NEXT, "syscall");
  real_mmap
      = (void *(*) (void *, size_t, int, int, int, off_t)) dlsym (RTLD_NEXT, "mmap");
  if (real_syscall == NULL || real_mmap == NULL)
    abort ();
  printf ("double: /dev/trampfd is a test double, made of memfds\n");
#ifdef DOUBLE_TRAMPOLINES
  /* For tests that know nothing of it.  */
  setenv ("LIBFFI_TRAMPOLINES", DOUBLE_TRAMPOLINES, 1);
#endif
}

/* --- The code --------------------------------------------------------------- */

#if defined __x86_64__
#define PITCH 32
static void
write_trampoline (unsigned char *at, uintptr_t pair)
{
  static const unsigned char code[] = "\xf3\x0f\x1e\xfa\x49\xba........\x41\xff\x62\x08";
  memset (at, 0xcc, PITCH);
  memcpy (at, code, sizeof code - 1);
  memcpy (at + 6, &pair, 8);
}
#elif defined __i386__
#define PITCH 16
static void
write_trampoline (unsigned char *at, uintptr_t pair)
{
  uintptr_t target = pair + 4;
  memset (at, 0xcc, PITCH);
  memcpy (at, "\xf3\x0f\x1e\xfb\x68....\xff\x25", 11);
  memcpy (at + 5, &pair, 4);
  memcpy (at + 11, &target, 4);
}
#elif defined __aarch64__
#define PITCH 32
static void
write_trampoline (unsigned char *at, uintptr_t pair)
{
  static const unsigned char code[] = { 0x5f, 0x24, 0x03, 0xd5, 0x71, 0x00, 0x00, 0x58,
                                        0x30, 0x06, 0x40, 0xf9, 0x00, 0x02, 0x1f, 0xd6 };
  memset (at, 0, PITCH);
  memcpy (at, code, sizeof code);
  memcpy (at + 16, &pair, 8);
}
#elif defined __arm__
#define PITCH 16
static void
write_trampoline (unsigned char *at, uintptr_t pair)
{
  const uint32_t words[] = { 0xe59fc000, 0xe59cf004, pair, 0xe7f000f0 };
  memcpy (at, words, sizeof words);
}
#endif

static long
page_size (void)
{
  return sysconf (_SC_PAGESIZE);
}

/* --- The calls -------------------------------------------------------------- */

/* Count a call; true if it is to fail.  */
static bool
fails (void)
{
  if (++double_record.calls != double_behaviour.fail_at)
    return false;
  errno = EIO;
  return true;
}

static int
refuse (int error)
{
  errno = error;
  return -1;
}

static struct file *
file_of (int fd)
{
  return fd >= 0 && fd < FILES && files[fd].open ? &files[fd] : NULL;
}

static int
open_device (int flags)
{
  if (fails ())
    return -1;
  if (double_behaviour.error != 0)
    return refuse (double_behaviour.error);
  int fd = memfd_create ("trampfd-double", flags & O_CLOEXEC ? MFD_CLOEXEC : 0);
  if (fd >= 0 && fd < FILES)
    {
      files[fd] = (struct file){ .open = true };
      double_record.opens++;
      double_record.open_now++;
      double_record.inheritable |= (flags & O_CLOEXEC) == 0;
    }
  return fd;
}

static int
stat_device (struct statx *to)
{
  if (fails ())
    return -1;
  memset (to, 0, sizeof *to);
  to->stx_mode = (double_behaviour.regular ? S_IFREG : S_IFCHR) | 0600;
  to->stx_rdev_major = double_behaviour.major != 0 ? double_behaviour.major : 10;
  to->stx_rdev_minor = 123;
  return 0;
}

static long
seek (struct file *f, long offset)
{
  if (fails ())
    return -1;
  if (offset < 0 || offset >= TRAMPFD_NUM_OFFSETS)
    return refuse (EINVAL);
  return f->position = offset;
}

static long
put (struct file *f, const void *from, size_t size)
{
  if (fails ())
    return -1;
  if (f->position == TRAMPFD_CODE && size == sizeof f->code)
    memcpy (&f->code, from, size);
  else if (f->position == TRAMPFD_DATA && size == sizeof f->data)
    memcpy (&f->data, from, size);
  else if (f->position == TRAMPFD_TARGETS && size % 8 == 0 && size <= sizeof f->targets)
    {
      memcpy (f->targets, from, size);
      f->ntargets = size / 8;
    }
  else
    return refuse (EINVAL);
  return (long) size;
}

static long
get_info (void *to, size_t size)
{
  unsigned pitch = double_behaviour.other_pitch ? 2 * PITCH : PITCH;
  struct trampfd_info info = { page_size () / pitch, pitch, page_size (), 0 };
  if (fails ())
    return -1;
  if (size != sizeof info)
    return refuse (EINVAL);
  memcpy (to, &info, sizeof info);
  return sizeof info;
}

long
syscall (long number, ...)
{
  long a[6];
  va_list list;
  va_start (list, number);
  for (int i = 0; i < 6; i++)
    a[i] = va_arg (list, long);
  va_end (list);

  struct file *f = file_of ((int) a[0]);
  if (number == SYS_openat)
    {
      if (strcmp ((const char *) a[1], "/dev/trampfd") == 0)
        return open_device ((int) a[2]);
      if (double_behaviour.no_text)
        return refuse (EACCES);
    }
  if (f != NULL)
    switch (number)
      {
      case SYS_statx:
        return stat_device ((struct statx *) a[4]);
      case SYS_lseek:
        return seek (f, a[1]);
      case SYS_write:
        return put (f, (const void *) a[1], (size_t) a[2]);
      case SYS_read:
        return get_info ((void *) a[1], (size_t) a[2]);
      case SYS_close:
        f->open = false;
        double_record.open_now--;
        break;
      default:
        break;
      }
  return real_syscall (number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

/* Write the page of F into its memfd.  */
static bool
write_page (const struct file *f, int fd)
{
  long size = page_size ();
  unsigned char *page = malloc ((size_t) size);
  if (page == NULL)
    return false;
  for (unsigned i = 0; i < f->code.ntrampolines; i++)
    write_trampoline (page + i * PITCH, f->data.table + i * f->data.stride);
  if (double_behaviour.wrong_code)
    page[(f->code.ntrampolines - 1) * PITCH + 8] ^= 1;
  bool written
      = ftruncate (fd, 2 * size) == 0 && pwrite (fd, page, (size_t) size, size) == size;
  free (page);
  return written;
}

void *
mmap (void *at, size_t size, int prot, int flags, int fd, off_t offset)
{
  struct file *f = file_of (fd);
  if (f == NULL)
    return real_mmap (at, size, prot, flags, fd, offset);
  if (fails ())
    return MAP_FAILED;
  bool secure = f->code.reg == TRAMPFD_SECURE;
  if (size != (size_t) page_size () || offset != page_size ()
      || (flags & (MAP_PRIVATE | MAP_SHARED)) != MAP_PRIVATE
      || (prot & (PROT_READ | PROT_WRITE | PROT_EXEC)) != (PROT_READ | PROT_EXEC)
      || f->code.ntrampolines == 0 || f->data.table == 0 || (secure && f->ntargets == 0)
      || npages == PAGES)
    {
      errno = EINVAL;
      return MAP_FAILED;
    }
  /* There is no fault to act upon: the secure form has code, too.  */
  if (!write_page (f, fd))
    return MAP_FAILED;
  char *text = real_mmap (at, size, prot, flags, fd, offset);
  if (text == MAP_FAILED)
    return text;
  struct page *p = NULL;
  for (int i = 0; i < npages && p == NULL; i++)
    if (pages[i].text == text)
      p = &pages[i];
  if (p == NULL)
    p = &pages[npages++];
  free (p->targets);
  *p = (struct page){ text, f->code.reg, f->ntargets, NULL };
  if (secure)
    {
      p->targets = malloc (f->ntargets * sizeof p->targets[0]);
      memcpy (p->targets, f->targets, f->ntargets * sizeof p->targets[0]);
    }
  double_record.maps++;
  return text;
}

static const struct page *
page_at (const void *address)
{
  for (int i = 0; i < npages; i++)
    if ((uintptr_t) address - (uintptr_t) pages[i].text < (uintptr_t) page_size ())
      return &pages[i];
  return NULL;
}

bool
double_maps (const void *address)
{
  return page_at (address) != NULL;
}

unsigned
double_form (const void *address)
{
  const struct page *p = page_at (address);
  return p != NULL ? p->form : 0;
}

bool
double_allows (const void *address, uintptr_t target)
{
  const struct page *p = page_at (address);
  for (unsigned i = 0; p != NULL && i < p->ntargets; i++)
    if (p->targets[i] == target)
      return true;
  return false;
}
