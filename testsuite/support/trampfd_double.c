/* SPDX-License-Identifier: MIT */
/* The test double of /dev/trampfd: see trampfd_double.h.  */

#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1
#endif

#include "trampfd_double.h"
#include "../../kernel/trampfd/uapi/linux/trampfd.h"
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
  bool open, mapped;
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

enum
{
#ifdef __i386__
  PITCH = 32
#else
  PITCH = 16
#endif
};

static long
page_size (void)
{
  return sysconf (_SC_PAGESIZE);
}

/* Which byte of F's page is wrong when wrong_code is set.  */
static size_t
spoiled_byte (const struct file *f)
{
  return (f->code.ntrampolines - 1) * PITCH + 8;
}

/* The device behind the calls, device_..., and libc's own functions, real_...  */
#ifdef DOUBLE_ON_DEVICE
#include "trampfd_itself.h"
#else
#include "trampfd_memfd.h"
#endif

/* Before the constructors of tests, which may call mmap.  */
static __attribute__ ((constructor (101))) void
start (void)
{
  device_start ();
#ifdef DOUBLE_TRAMPOLINES
  /* For tests that know nothing of it.  */
  setenv ("LIBFFI_TRAMPOLINES", DOUBLE_TRAMPOLINES, 1);
#endif
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
  int fd = device_open (flags);
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
stat_device (int fd, struct statx *to)
{
  if (fails () || device_stat (fd, to) != 0)
    return -1;
  if (double_behaviour.regular)
    to->stx_mode = S_IFREG | 0600;
  if (double_behaviour.major != 0)
    to->stx_rdev_major = double_behaviour.major;
  return 0;
}

static long
seek (struct file *f, int fd, long offset)
{
  if (fails () || device_seek (fd, offset) != offset)
    return -1;
  return f->position = offset;
}

static long
put (struct file *f, int fd, const void *from, size_t size)
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
  return device_put (fd, from, size);
}

static long
get_info (int fd, struct trampfd_info *to, size_t size)
{
  if (fails ())
    return -1;
  if (size != sizeof *to)
    return refuse (EINVAL);
  long got = device_info (fd, to);
  if (double_behaviour.other_pitch)
    to->code_size *= 2, to->ntrampolines /= 2;
  return got;
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

  int fd = (int) a[0];
  struct file *f = file_of (fd);
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
        return stat_device (fd, (struct statx *) a[4]);
      case SYS_lseek:
        return seek (f, fd, a[1]);
      case SYS_write:
        return put (f, fd, (const void *) a[1], (size_t) a[2]);
      case SYS_read:
        return get_info (fd, (struct trampfd_info *) a[1], (size_t) a[2]);
      case SYS_close:
        f->open = false;
        double_record.open_now--;
        break;
      default:
        break;
      }
  return real_syscall (number, a[0], a[1], a[2], a[3], a[4], a[5]);
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
      || f->code.ntrampolines == 0 || (f->data.table == 0) == secure
      || (secure && f->ntargets == 0) || npages == PAGES)
    {
      errno = EINVAL;
      return MAP_FAILED;
    }
  if (double_behaviour.foreign)
    return real_mmap (at, size, prot, flags | MAP_ANONYMOUS, -1, 0);
  if (f->mapped)
    {
      errno = EEXIST;
      return MAP_FAILED;
    }
  char *text = device_map (f, fd, at, prot, flags);
  if (text == MAP_FAILED)
    return text;
  f->mapped = true;
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
