/* SPDX-License-Identifier: MIT */
/* What big-endian AArch64 programs here have in place of a C library, for which
   nobody has one ready: as much as the library and the generator's programs use, but for
   what growth needs.  Linux does the work; memory is never freed.  */

#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

int main (int argc, char **argv);

/* argc, argv, the environment and the auxiliary vector lie at the stack pointer.  */
__asm__(".text\n"
        ".globl _start\n"
        "_start:\n"
        "\tmov x29, #0\n"
        "\tmov x30, #0\n"
        "\tmov x0, sp\n"
        "\tbl start\n");

/* Linux takes the number in x8 and returns -errno.  */
__asm__(".globl raw_syscall\n"
        "raw_syscall:\n"
        "\tmov x8, x0\n"
        "\tmov x0, x1\n"
        "\tmov x1, x2\n"
        "\tmov x2, x3\n"
        "\tmov x3, x4\n"
        "\tmov x4, x5\n"
        "\tmov x5, x6\n"
        "\tsvc #0\n"
        "\tret\n");

long raw_syscall (long number, ...);
__attribute__ ((noreturn, used)) void start (long *stack);

static unsigned long *auxiliary;
static _Alignas(64) char thread[1024];

void
start (long *stack)
{
  char **argv = (char **) (stack + 1), **word = argv + stack[0] + 1;

  while (*word++ != NULL)
    continue;
  auxiliary = (unsigned long *) word;
  /* Two words of the thread's and its variables, all of them 0 at first.  */
  __asm__ volatile("msr tpidr_el0, %0" ::"r"(thread));
  exit (main ((int) stack[0], argv));
}

unsigned long
getauxval (unsigned long type)
{
  for (unsigned long *pair = auxiliary; pair[0] != AT_NULL; pair += 2)
    if (pair[0] == type)
      return pair[1];
  return 0;
}

/* --- System calls ----------------------------------------------------------- */

int *
__errno_location (void)
{
  static int error;
  return &error;
}

static long
checked (long result)
{
  if (result < 0 && result > -4096)
    {
      errno = (int) -result;
      return -1;
    }
  return result;
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
  return checked (raw_syscall (number, a[0], a[1], a[2], a[3], a[4], a[5]));
}

void *
mmap (void *at, size_t size, int protection, int flags, int fd, off_t offset)
{
  return (void *) syscall (SYS_mmap, at, size, protection, flags, fd, offset);
}

int
munmap (void *at, size_t size)
{
  return (int) syscall (SYS_munmap, at, size);
}

int
mprotect (void *at, size_t size, int protection)
{
  return (int) syscall (SYS_mprotect, at, size, protection);
}

void
_exit (int status)
{
  for (;;)
    raw_syscall (SYS_exit_group, status);
}

void
exit (int status)
{
  _exit (status);
}

void
abort (void)
{
  _exit (134);
}

long
sysconf (int name)
{
  return name == _SC_PAGESIZE ? (long) getauxval (AT_PAGESZ) : -1;
}

int
sigaltstack (const stack_t *restrict new, stack_t *restrict old)
{
  return (int) syscall (SYS_sigaltstack, new, old);
}

int
sigaction (int number, const struct sigaction *restrict new,
           struct sigaction *restrict old)
{
  struct
  {
    void (*handler) (int);
    unsigned long flags;
    void *restorer;
    unsigned long mask;
  } kernel = { new->sa_handler, (unsigned long) new->sa_flags, NULL, 0 };

  (void) old;
  return (int) syscall (SYS_rt_sigaction, number, &kernel, NULL, sizeof kernel.mask);
}

char *
secure_getenv (const char *name)
{
  (void) name;
  return NULL;
}

/* There is no file to grow a table from; programs have the image table.  */
struct dl_find_object;
int _dl_find_object (void *address, struct dl_find_object *result);

int
_dl_find_object (void *address, struct dl_find_object *result)
{
  (void) address, (void) result;
  return -1;
}

int
fstat (int fd, struct stat *status)
{
  (void) fd, (void) status;
  errno = ENOSYS;
  return -1;
}

/* --- Memory ----------------------------------------------------------------- */

void *
memcpy (void *restrict to, const void *restrict from, size_t n)
{
  for (size_t i = 0; i < n; i++)
    ((char *) to)[i] = ((const char *) from)[i];
  return to;
}

void *
memmove (void *to, const void *from, size_t n)
{
  if ((char *) to <= (const char *) from)
    return memcpy (to, from, n);
  while (n-- > 0)
    ((char *) to)[n] = ((const char *) from)[n];
  return to;
}

void *
memset (void *to, int byte, size_t n)
{
  for (size_t i = 0; i < n; i++)
    ((char *) to)[i] = (char) byte;
  return to;
}

int
memcmp (const void *a, const void *b, size_t n)
{
  for (size_t i = 0; i < n; i++)
    if (((const unsigned char *) a)[i] != ((const unsigned char *) b)[i])
      return ((const unsigned char *) a)[i] - ((const unsigned char *) b)[i];
  return 0;
}

int
strcmp (const char *a, const char *b)
{
  while (*a != 0 && *a == *b)
    a++, b++;
  return (unsigned char) *a - (unsigned char) *b;
}

size_t
strlen (const char *s)
{
  size_t n = 0;

  while (s[n] != 0)
    n++;
  return n;
}

void *
aligned_alloc (size_t alignment, size_t size)
{
  static _Alignas(4096) char memory[8 << 20];
  static size_t used;
  size_t at = (used + alignment - 1) & -alignment;

  if (at + size > sizeof memory)
    return NULL;
  used = at + size;
  return memory + at;
}

void *
malloc (size_t size)
{
  return aligned_alloc (64, size);
}

void *
calloc (size_t n, size_t size)
{
  return malloc (n * size); /* never used before, so 0 */
}

void
free (void *memory)
{
  (void) memory;
}

/* What libgcc has, for the other byte order.  */
void __clear_cache (void *begin, void *end);

void
__clear_cache (void *begin, void *end)
{
  (void) end;
  /* The emulator notices stores to code by itself; a processor wants them gone from
     its caches.  */
  __asm__ volatile("dc cvau, %0; dsb ish; ic ivau, %0; dsb ish; isb" ::"r"(begin)
                   : "memory");
}

/* --- Output ----------------------------------------------------------------- */

FILE *stdout;

struct text
{
  char *at, *end;
};

static void
add (struct text *text, const char *s, size_t n)
{
  for (; n > 0 && text->at < text->end; n--)
    *text->at++ = *s++;
}

static void
add_number (struct text *text, unsigned long n, unsigned base)
{
  char digits[24];
  unsigned i = sizeof digits;

  do
    digits[--i] = "0123456789abcdef"[n % base];
  while ((n /= base) != 0);
  add (text, digits + i, sizeof digits - i);
}

/* What stands behind a %: returns what follows it.  */
static const char *
add_item (struct text *text, const char *format, va_list *list)
{
  unsigned wide = 0;
  long n;

  for (; *format == '#' || *format == 'l' || *format == 'z'; format++)
    wide += *format != '#';
  switch (*format)
    {
    case 's':
      {
        const char *s = va_arg (*list, const char *);
        add (text, s, strlen (s));
        break;
      }
    case 'd':
      n = wide ? va_arg (*list, long) : va_arg (*list, int);
      if (n < 0)
        add (text, "-", 1);
      add_number (text, n < 0 ? -(unsigned long) n : (unsigned long) n, 10);
      break;
    case 'u':
    case 'x':
    case 'p':
      if (*format != 'u')
        add (text, "0x", 2);
      add_number (text,
                  wide || *format == 'p' ? va_arg (*list, unsigned long)
                                         : va_arg (*list, unsigned),
                  *format == 'u' ? 10 : 16);
      break;
    default:
      add (text, format, 1);
    }
  return format + 1;
}

int
vsnprintf (char *to, size_t size, const char *format, va_list list)
{
  struct text text = { to, to + size - 1 };
  va_list items;

  va_copy (items, list);
  while (*format != 0)
    if (*format == '%')
      format = add_item (&text, format + 1, &items);
    else
      add (&text, format++, 1);
  va_end (items);
  *text.at = 0;
  return (int) (text.at - to);
}

int
snprintf (char *to, size_t size, const char *format, ...)
{
  va_list list;

  va_start (list, format);
  int n = vsnprintf (to, size, format, list);
  va_end (list);
  return n;
}

int
vfprintf (FILE *file, const char *format, va_list list)
{
  char line[1024];
  int n = vsnprintf (line, sizeof line, format, list);

  (void) file;
  return (int) syscall (SYS_write, 1, line, n);
}

int
printf (const char *format, ...)
{
  va_list list;

  va_start (list, format);
  int n = vfprintf (stdout, format, list);
  va_end (list);
  return n;
}

int
putchar (int c)
{
  return printf ("%s", (char[]){ (char) c, 0 });
}

int
puts (const char *s)
{
  return printf ("%s\n", s);
}

void
perror (const char *s)
{
  printf ("%s: errno %d\n", s, errno);
}

int
fflush (FILE *file)
{
  (void) file;
  return 0;
}

long
strtol (const char *s, char **end, int base)
{
  long n = 0;

  (void) base;
  while (*s >= '0' && *s <= '9')
    n = 10 * n + *s++ - '0';
  if (end != NULL)
    *end = (char *) s;
  return n;
}
