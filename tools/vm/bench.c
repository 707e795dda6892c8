/* SPDX-License-Identifier: MIT */
/* What a call costs through each kind of trampoline, as multiples of a direct call and
   of getpid: the device's forms, described here by hand with one target for all, and
   the library's image table; then closures of the library on each.

   tools/vm/run --bench has a machine whose clock counts instructions, so the figures are
   the same in every run.  */

#include <fcntl.h>
#include <ffi_tramp.h>
#include <linux/trampfd.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* Targets that return at once; push_target takes what the push form pushed, image_target
   what the image's trampoline did.  */
void target (void);
void push_target (void);
void image_target (void);
#if defined __x86_64__
__asm__(".globl target, push_target, image_target\n.balign 16\n"
        "target: image_target: endbr64\n ret\n.balign 16\n"
        "push_target: endbr64\n addq $8, %rsp\n ret\n");
#define HAS_PUSH 1
enum
{
  CODE = x64_rax,
  DATA = x64_r10
};
#elif defined __i386__
__asm__(".globl target, push_target, image_target\n.balign 16\n"
        "target: endbr32\n ret\n.balign 16\n"
        "push_target: image_target: endbr32\n addl $4, %esp\n ret\n");
#define HAS_PUSH 1
enum
{
  CODE = x32_ecx,
  DATA = x32_eax
};
#elif defined __aarch64__
__asm__(".globl target, push_target, image_target\n.balign 16\n"
        "target: push_target: image_target: hint #34\n ret\n");
enum
{
  CODE = arm64_r16,
  DATA = arm64_r17
};
#else
__asm__(".globl target, push_target, image_target\n.arm\n.balign 16\n"
        ".type target, %function\n.type push_target, %function\n.type image_target, "
        "%function\n"
        "target: push_target: image_target: bx lr\n");
enum
{
  CODE = arm_r2,
  DATA = arm_r12
};
#endif

#ifdef __i386__
#define LIBRARY_DATA TRAMPFD_SPILL
#else
#define LIBRARY_DATA DATA
#endif

typedef void function (void);

static double
now (void)
{
  struct timespec t;
  clock_gettime (CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e9 + t.tv_nsec;
}

/* Nanoseconds of one call of F and of the loop around it, the least of several rounds. */
static double
time_calls (function *volatile f, int count)
{
  double best = 1e18;
  for (int round = 0; round < 20; round++)
    {
      double start = now ();
      for (int i = 0; i < count; i++)
        f ();
      double each = (now () - start) / count;
      if (each < best)
        best = each;
    }
  return best;
}

static void
call_getpid (void)
{
  syscall (SYS_getpid);
}

static int
open_file (void)
{
#ifdef __NR_trampfd
  struct trampfd_info info;
  return syscall (__NR_trampfd, &info, sizeof info, 0);
#else
  return open ("/dev/trampfd", O_RDWR | O_CLOEXEC);
#endif
}

/* A page of FORM (a code register for that of two), with the data in REG.  */
static function *
make_page (uint32_t form, uint32_t reg)
{
  int two = form < TRAMPFD_PAIR, adjacent = form == TRAMPFD_ADJACENT;
  size_t size = (size_t) sysconf (_SC_PAGESIZE);
  /* The page, and what trampolines read: a pair; or a table of code and one of data.  */
  char *memory
      = mmap (NULL, 2 * size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  void **pair = (void **) (memory + size);
  if (memory == MAP_FAILED)
    {
      perror ("mmap");
      exit (1);
    }
  pair[1] = (void *) (uintptr_t) (reg == TRAMPFD_PUSH    ? push_target
                                  : reg == TRAMPFD_SPILL ? image_target
                                                         : target);
  struct trampfd_code code = { TRAMPFD_MAX, form, two ? (uintptr_t) &pair[1] : 0 };
  if (!adjacent)
    code.ntrampolines = 1;
  struct trampfd_data data = { reg, { 0 }, adjacent ? 0 : (uintptr_t) pair };
  uint64_t allowed = (uintptr_t) target;
  struct trampfd_info info;
  int fd = open_file ();
  if (fd < 0 || pwrite (fd, &code, sizeof code, TRAMPFD_CODE) != sizeof code
      || pwrite (fd, &data, sizeof data, TRAMPFD_DATA) != sizeof data
      || (form == TRAMPFD_SECURE
          && pwrite (fd, &allowed, sizeof allowed, TRAMPFD_TARGETS) != sizeof allowed)
      || ioctl (fd, TRAMPFD_INFO, &info) != 0)
    {
      perror ("trampfd");
      exit (1);
    }
  void *page = mmap (memory, size, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_FIXED, fd,
                     info.code_offset);
  if (page == MAP_FAILED)
    {
      perror ("mmap");
      exit (1);
    }
  close (fd);
  return (function *) (uintptr_t) page;
}

static function *
image_trampoline (void)
{
  ffi_tramp *tramp = ffi_tramp_alloc ();
  if (tramp == NULL || ffi_tramp_init (tramp, image_target, NULL) != 0
      || ffi_tramp_source_of (ffi_tramp_code (tramp)) != FFI_TRAMP_IMAGE)
    {
      fprintf (stderr, "no trampoline of the image\n");
      exit (1);
    }
  return (function *) (uintptr_t) ffi_tramp_code (tramp);
}

static void
handle (ffi_cif *cif, void *result, void **args, void *data)
{
  (void) cif, (void) result, (void) args, (void) data;
}

/* A closure, of where LIBFFI_TRAMPOLINES=SOURCE says, timed in a child.  */
static double
time_closure (const char *source, int count)
{
  int ends[2];
  double ns = 0;
  if (pipe (ends) != 0)
    exit (1);
  if (fork () == 0)
    {
      ffi_cif cif;
      void *code;
      setenv ("LIBFFI_TRAMPOLINES", source, 1);
      ffi_closure *closure = ffi_closure_alloc (sizeof *closure, &code);
      if (closure == NULL || ffi_prep_cif (&cif, FFI_DEFAULT_ABI, 0, &ffi_type_void, NULL)
          || ffi_prep_closure_loc (closure, &cif, handle, NULL, code) != FFI_OK)
        _exit (1);
      ns = time_calls ((function *) (uintptr_t) code, count);
      _exit (write (ends[1], &ns, sizeof ns) != sizeof ns);
    }
  close (ends[1]);
  if (read (ends[0], &ns, sizeof ns) != sizeof ns)
    exit (1);
  close (ends[0]);
  wait (NULL);
  return ns;
}

/* --- Memory ------------------------------------------------------------------ */

/* The KiB that the line NAME of the file at PATH says.  */
static long
kib (const char *path, const char *name)
{
  char line[256];
  long value = -1;
  FILE *file = fopen (path, "r");
  while (file != NULL && value < 0 && fgets (line, sizeof line, file) != NULL)
    if (strncmp (line, name, strlen (name)) == 0)
      value = strtol (line + strlen (name), NULL, 10);
  if (value < 0)
    {
      fprintf (stderr, "%s: no %s\n", path, name);
      exit (1);
    }
  fclose (file);
  return value;
}

/* What the process has in memory, and what of that the kernel's page tables need.  */
struct used
{
  long resident, tables;
};

static struct used
used_now (void)
{
  return (struct used){ kib ("/proc/self/smaps_rollup", "Rss:"),
                        kib ("/proc/self/status", "VmPTE:") };
}

/* Make COUNT closures.  */
static void
make_closures (ffi_cif *cif, unsigned count)
{
  for (unsigned i = 0; i < count; i++)
    {
      void *code;
      ffi_closure *closure = ffi_closure_alloc (sizeof *closure, &code);
      if (closure == NULL
          || ffi_prep_closure_loc (closure, cif, handle, NULL, code) != FFI_OK)
        exit (1);
      if (i == 0)
        ((function *) (uintptr_t) code) ();
    }
}

/* Show what closures of SOURCE take up, resident and in page tables: the first one of a
   process, in KiB, and each of MANY more, in bytes.  */
static void
show_memory (const char *source, unsigned many)
{
  fflush (stdout);
  if (fork () != 0)
    {
      wait (NULL);
      return;
    }
  ffi_cif cif;
  setenv ("LIBFFI_TRAMPOLINES", source, 1);
  if (ffi_prep_cif (&cif, FFI_DEFAULT_ABI, 0, &ffi_type_void, NULL) != FFI_OK)
    exit (1);
  used_now (); /* has its own effect, the first time */
  struct used none = used_now ();
  make_closures (&cif, 1);
  struct used one = used_now ();
  make_closures (&cif, many);
  struct used all = used_now ();
  printf ("%-28s %8ld %9ld %9.1f %9.1f\n", source, one.resident - none.resident,
          one.tables - none.tables, 1024.0 * (all.resident - one.resident) / many,
          1024.0 * (all.tables - one.tables) / many);
  exit (0);
}

static double direct, system_call;

static void
show (const char *what, double ns)
{
  printf ("%-28s %8.1f %9.2f %9.3f\n", what, ns, ns / direct, ns / system_call);
  fflush (stdout);
}

int
main (void)
{
  enum
  {
    FAST = 10000,
    SLOW = 300,
    MANY = 100000
  };
  /* Children first: a process's first allocation chooses where closures come from.  */
  printf ("%-28s %8s %9s %9s %9s\n", "memory of closures", "1st, KiB", "tables",
          "each, B", "tables");
  show_memory ("image", MANY);
  show_memory ("trampfd", MANY);
  show_memory ("secure", MANY);
  printf ("%-28s %8s %9s %9s\n", "call", "ns", "x direct", "x getpid");
  direct = time_calls (target, FAST);
  system_call = time_calls (call_getpid, SLOW);
  show ("direct", direct);
  show ("getpid", system_call);
  double image = time_closure ("image", FAST);
  double trampfd = time_closure ("trampfd", FAST);
  double secure = time_closure ("secure", SLOW);
  setenv ("LIBFFI_TRAMPOLINES", "image", 1);
  show ("trampoline: image table", time_calls (image_trampoline (), FAST));
  show ("trampoline: adjacent form",
        time_calls (make_page (TRAMPFD_ADJACENT, LIBRARY_DATA), FAST));
  show ("trampoline: pair form", time_calls (make_page (TRAMPFD_PAIR, DATA), FAST));
#ifdef HAS_PUSH
  show ("trampoline: push form",
        time_calls (make_page (TRAMPFD_PAIR, TRAMPFD_PUSH), FAST));
#endif
  show ("trampoline: v2, two registers", time_calls (make_page (CODE, DATA), FAST));
  show ("trampoline: secure form", time_calls (make_page (TRAMPFD_SECURE, DATA), SLOW));
  show ("closure: image", image);
  show ("closure: trampfd", trampfd);
  show ("closure: secure", secure);
  return 0;
}
