/* SPDX-License-Identifier: MIT */
/* The device for trampfd_double.c: memfds with the same code as the kernel would write.
   There is no fault to act upon, so the secure form has code, too.  */

#include <dlfcn.h>

static long (*real_syscall) (long, ...);
static void *(*real_mmap) (void *, size_t, int, int, int, off_t);

static void
device_start (void)
{
  real_syscall = (long (*) (long, ...)) dlsym (RTLD_NEXT, "syscall");
  real_mmap
      = (void *(*) (void *, size_t, int, int, int, off_t)) dlsym (RTLD_NEXT, "mmap");
  if (real_syscall == NULL || real_mmap == NULL)
    abort ();
  printf ("double: /dev/trampfd is a test double, made of memfds\n");
}

#if defined __x86_64__
static void
write_trampoline (unsigned char *at, uintptr_t pair)
{
  static const unsigned char code[] = "\xf3\x0f\x1e\xfa\x49\xba........\x41\xff\x62\x08";
  memset (at, 0xcc, PITCH);
  memcpy (at, code, sizeof code - 1);
  memcpy (at + 6, &pair, 8);
}
#elif defined __i386__
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
static void
write_trampoline (unsigned char *at, uintptr_t pair)
{
  const uint32_t words[] = { 0xe59fc000, 0xe59cf004, pair, 0xe7f000f0 };
  memcpy (at, words, sizeof words);
}
#endif

static int
device_open (int flags)
{
  return memfd_create ("trampfd-double", flags & O_CLOEXEC ? MFD_CLOEXEC : 0);
}

static int
device_stat (int fd, struct statx *to)
{
  (void) fd;
  memset (to, 0, sizeof *to);
  to->stx_mode = S_IFCHR | 0600;
  to->stx_rdev_major = 10;
  to->stx_rdev_minor = 123;
  return 0;
}

static long
device_seek (int fd, long offset)
{
  (void) fd;
  if (offset >= 0 && offset < TRAMPFD_NUM_OFFSETS)
    return offset;
  errno = EINVAL;
  return -1;
}

static long
device_put (int fd, const void *from, size_t size)
{
  (void) fd, (void) from;
  return (long) size;
}

static long
device_info (int fd, struct trampfd_info *to)
{
  (void) fd;
  *to = (struct trampfd_info){ page_size () / PITCH, PITCH, page_size (), 0 };
  return sizeof *to;
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
    page[spoiled_byte (f)] ^= 1;
  bool written
      = ftruncate (fd, 2 * size) == 0 && pwrite (fd, page, (size_t) size, size) == size;
  free (page);
  return written;
}

static void *
device_map (const struct file *f, int fd, void *at, int prot, int flags)
{
  size_t size = (size_t) page_size ();
  return write_page (f, fd) ? real_mmap (at, size, prot, flags, fd, (off_t) size)
                            : MAP_FAILED;
}
