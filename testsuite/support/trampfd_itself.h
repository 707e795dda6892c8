/* SPDX-License-Identifier: MIT */
/* The device for trampfd_double.c: the kernel's own.  The linker's --wrap puts the
   double's functions before libc's, so the program may be static.  */

#define syscall __wrap_syscall
#define mmap __wrap_mmap
#define real_syscall __real_syscall
#define real_mmap __real_mmap
long __real_syscall (long, ...);
void *__real_mmap (void *, size_t, int, int, int, off_t);
long __wrap_syscall (long, ...);
void *__wrap_mmap (void *, size_t, int, int, int, off_t);

static void
device_start (void)
{
  printf ("/dev/trampfd is the kernel's; its calls are counted, and fail when told to\n");
}

static int
device_open (int flags)
{
  return (int) real_syscall (SYS_openat, AT_FDCWD, "/dev/trampfd", flags);
}

static int
device_stat (int fd, struct statx *to)
{
  return (int) real_syscall (SYS_statx, fd, "", AT_EMPTY_PATH, STATX_TYPE, to);
}

static long
device_seek (int fd, long offset)
{
  return real_syscall (SYS_lseek, fd, offset, SEEK_SET);
}

static long
device_put (int fd, const void *from, size_t size)
{
  return real_syscall (SYS_write, fd, from, size);
}

static long
device_info (int fd, struct trampfd_info *to)
{
  return real_syscall (SYS_read, fd, to, sizeof *to);
}

/* As the page cannot be written to, another takes its place.  */
static void
spoil_page (char *text, size_t at)
{
  size_t size = (size_t) page_size ();
  char *copy = malloc (size);
  memcpy (copy, text, size);
  copy[at] ^= 1;
  real_mmap (text, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED,
             -1, 0);
  memcpy (text, copy, size);
  mprotect (text, size, PROT_READ | PROT_EXEC);
  free (copy);
}

static void *
device_map (const struct file *f, int fd, void *at, int prot, int flags)
{
  size_t size = (size_t) page_size ();
  char *text = real_mmap (at, size, prot, flags, fd, (off_t) size);
  if (text != MAP_FAILED && double_behaviour.wrong_code)
    spoil_page (text, spoiled_byte (f));
  return text;
}
