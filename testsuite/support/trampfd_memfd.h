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

/* Write a trampoline whose slot is DISTANCE bytes behind it.  */
#if defined __x86_64__
static void
write_trampoline (unsigned char *at, int32_t distance)
{
  static const unsigned char code[] = "\xf3\x0f\x1e\xfa\x4c\x8d\x15....\x41\xff\x62\x08";
  memset (at, 0xcc, PITCH);
  memcpy (at, code, sizeof code - 1);
  distance -= 11;
  memcpy (at + 7, &distance, 4);
}
#elif defined __i386__
static void
write_trampoline (unsigned char *at, int32_t distance)
{
  static const unsigned char code[]
      = "\xf3\x0f\x1e\xfb\x50\xe8\0\0\0\0\x58\x8d\x80....\xff\x60\x04";
  memset (at, 0xcc, PITCH);
  memcpy (at, code, sizeof code - 1);
  distance -= 10;
  memcpy (at + 13, &distance, 4);
}
#elif defined __aarch64__
static void
write_trampoline (unsigned char *at, int32_t distance)
{
  const uint32_t words[] = { 0xd503245f, 0x10000011, 0xf9400630, 0xd61f0200 };
  const uint32_t units = (uint32_t) (distance - 4);
  memcpy (at, words, sizeof words);
  const uint32_t adr = words[1] | (units & 3) << 29 | units >> 2 << 5;
  memcpy (at + 4, &adr, 4);
}
#elif defined __arm__
static void
write_trampoline (unsigned char *at, int32_t distance)
{
  const uint32_t words[]
      = { 0xe59fc004, 0xe08fc00c, 0xe59cf004, (uint32_t) distance - 12 };
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
  if (offset >= 0 && offset <= TRAMPFD_CALLERS)
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
    write_trampoline (page + i * PITCH, (int32_t) (size + i * (f->data.stride - PITCH)));
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
