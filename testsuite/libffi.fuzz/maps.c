/* SPDX-License-Identifier: MIT */
/* { needs builddir } */
/* What the library reads of /proc/self/maps and of program headers: its own source,
   with system calls that answer from the input.  Arbitrary bytes are survived and
   read the same way however the kernel portions them; lines as the kernel writes
   them, and program headers, are understood.  */

#include "ffi_common.h"
#include "fuzz.h"
#include <fcntl.h>
#include <linux/magic.h>
#include <sys/syscall.h>
#include <unistd.h>

/* --- System calls ----------------------------------------------------------- */

static struct
{
  const uint8_t *text;
  size_t size, at;
  unsigned portion;    /* bytes that a read returns at most */
  unsigned fail_after; /* reads */
  unsigned reads, opened;
} file;

enum
{
  DESCRIPTOR = 1000
};

static ssize_t
read_file (char *buffer, size_t size)
{
  if (++file.reads % 3 == 0)
    {
      errno = EINTR;
      return -1;
    }
  if (file.fail_after-- == 0)
    {
      errno = EIO;
      return -1;
    }
  size_t n = file.size - file.at;
  if (n > size)
    n = size;
  if (n > file.portion)
    n = file.portion;
  memcpy (buffer, file.text + file.at, n);
  file.at += n;
  return n;
}

/* Instead of libc's.  */
static long
answer_call (long number, long a, long b, long c)
{
  if (number == SYS_openat)
    {
      CHECK (strcmp ((const char *) b, "/proc/self/maps") == 0);
      CHECK_INT (c & O_ACCMODE, O_RDONLY);
      CHECK_INT (file.opened++, 0);
      file.at = file.reads = 0;
      return DESCRIPTOR;
    }
  CHECK_INT (a, DESCRIPTOR);
  CHECK_INT (file.opened, 1);
  switch (number)
    {
    case SYS_read:
      return read_file ((char *) b, c);
    case SYS_fstatfs:
      *(long *) b = PROC_SUPER_MAGIC;
      return 0;
    default:
      CHECK_INT (number, SYS_close);
      file.opened--;
      return 0;
    }
}

#define FIRST_THREE(number, a, b, c, ...)                                                \
  answer_call (number, (long) (a), (long) (b), (long) (c))
#define syscall(...) FIRST_THREE (__VA_ARGS__, 0, 0, 0, 0)

/* The file header of this object, as the loader or the linker would name it.  */
#include <dlfcn.h>
#ifdef HAVE__DL_FIND_OBJECT
static int find_image (void *, struct dl_find_object *);
#define _dl_find_object find_image
#endif
#define __ehdr_start fuzz_header
#include "../../src/trampoline/self_maps.c"
#undef __ehdr_start

enum
{
  HEADERS = 16
};

struct image
{
  ElfW (Ehdr) file;
  ElfW (Phdr) program[HEADERS];
};
struct image fuzz_image;
__asm__(".weak fuzz_header\n"
        ".hidden fuzz_header\n"
        ".set fuzz_header, fuzz_image\n");

#ifdef HAVE__DL_FIND_OBJECT
static int
find_image (void *address, struct dl_find_object *found)
{
  (void) address;
  memset (found, 0, sizeof *found);
  found->dlfo_map_start = &fuzz_image;
  return 0;
}
#endif

/* --- Bytes ------------------------------------------------------------------ */

struct answer
{
  struct self_mapping mapping, image;
  char path[SELF_PATH_MAX];
};

static void
ask (struct answer *answer, const uint8_t *text, size_t size, unsigned portion,
     unsigned fail_after, uintptr_t address, size_t length)
{
  file.text = text;
  file.size = size;
  file.portion = portion;
  memset (answer, 0, sizeof *answer);
  memset (answer->path, 0x55, sizeof answer->path);
  file.fail_after = fail_after;
  bool found = ffi_self_mapping ((void *) address, length, &answer->mapping);
  CHECK_INT (found, answer->mapping.found);
  file.fail_after = fail_after;
  ffi_self_image ((void *) address, length, &answer->image, answer->path);
  CHECK_INT (file.opened, 0);
  CHECK_INT (found, answer->image.found);
  size_t end = strnlen (answer->path, sizeof answer->path);
  CHECK (end < sizeof answer->path);
  CHECK (found || end == 0);
  memset (answer->path + end, 0, sizeof answer->path - end);
}

static void
same_mapping (const struct self_mapping *a, const struct self_mapping *b)
{
  CHECK_INT (a->found, b->found);
  if (!a->found)
    return;
  CHECK_UINT (a->offset, b->offset);
  CHECK_UINT (a->device_major, b->device_major);
  CHECK_UINT (a->device_minor, b->device_minor);
  CHECK_UINT (a->inode, b->inode);
}

static void
arbitrary_bytes (struct input input)
{
  static struct answer whole, parts;
  uintptr_t address = (uintptr_t) ((uint64_t) take16 (&input) << take (&input) % 48);
  size_t length = take16 (&input);
  unsigned portion = 1 + take (&input);

  ask (&whole, input.at, input.left, ~0u, ~0u, address, length);
  ask (&parts, input.at, input.left, portion, ~0u, address, length);
  same_mapping (&whole.mapping, &parts.mapping);
  same_mapping (&whole.image, &parts.image);
  same_mapping (&whole.mapping, &whole.image);
  CHECK (strcmp (whole.path, parts.path) == 0);
  ask (&parts, input.at, input.left, portion, input.left / 2 / portion, address, length);
}

/* --- Lines as fs/proc/task_mmu.c writes them -------------------------------- */

enum
{
  LINES = 16,
  PATH_ROOM = 5000
};

struct model_line
{
  unsigned long start, end, offset;
  unsigned major, minor;
  unsigned long long inode;
  size_t path_length;
  char path[PATH_ROOM + 1];
  bool has_path;
};

static void
make_path (struct input *input, struct model_line *line)
{
  unsigned units = take (input), repeat = take (input);

  line->path_length = 0;
  repeat = repeat > 250 ? 40 * (repeat - 250) : 1;
  for (unsigned r = 0; r < repeat; r++)
    {
      struct input again = *input;
      for (unsigned u = 0; u <= units % 32; u++)
        {
          char c = take (&again);
          if (line->path_length < PATH_ROOM)
            line->path[line->path_length++] = c == 0 ? '/' : c;
        }
      if (r + 1 == repeat)
        *input = again;
    }
  /* The kernel pads with blanks before the path, which starts with another byte.  */
  line->path[0] = line->path[0] == ' ' ? '/' : line->path[0];
  line->path[line->path_length] = '\0';
}

static size_t
write_line (char *text, const struct model_line *line)
{
  size_t n = sprintf (text, "%08lx-%08lx r-xp %08lx %02x:%02x %llu ", line->start,
                      line->end, line->offset, line->major, line->minor, line->inode);
  if (line->has_path)
    {
      while (n < 25 + sizeof (void *) * 6 - 1)
        text[n++] = ' ';
      for (const char *p = line->path; *p != '\0'; p++)
        if (*p == '\n')
          n += sprintf (text + n, "\\012");
        else
          text[n++] = *p;
    }
  text[n++] = '\n';
  return n;
}

static void
kernel_lines (struct input input)
{
  static struct model_line lines[LINES];
  static char text[LINES * (4 * PATH_ROOM + 200)];
  static struct answer answer;
  unsigned count = 1 + take (&input) % LINES, wanted = take (&input) % count;
  unsigned portion = 1 + take16 (&input);
  unsigned long at = 0x1000ul * take16 (&input);
  size_t n = 0;

  for (unsigned i = 0; i < count; i++)
    {
      struct model_line *line = &lines[i];
      line->start = at += 0x1000ul * take (&input);
      line->end = at += 0x1000ul * (1 + take (&input));
      line->offset = 0x1000ul * take16 (&input);
      line->major = take (&input);
      line->minor = take (&input);
      line->inode = (unsigned long long) take16 (&input) << take (&input) % 48;
      line->has_path = take (&input) % 4 != 0;
      make_path (&input, line);
      n += write_line (text + n, line);
    }

  const struct model_line *line = &lines[wanted];
  size_t into = take16 (&input) % (line->end - line->start);
  size_t length = 1 + take16 (&input);
  bool fits = length <= line->end - line->start - into;
  ask (&answer, (uint8_t *) text, n, portion, ~0u, line->start + into, length);
  CHECK_INT (answer.mapping.found, fits && line->inode != 0);
  if (!answer.mapping.found)
    return;
  CHECK_UINT (answer.mapping.offset, line->offset + into);
  CHECK_UINT (answer.mapping.device_major, line->major);
  CHECK_UINT (answer.mapping.device_minor, line->minor);
  CHECK_UINT (answer.mapping.inode, line->inode);
  same_mapping (&answer.image, &answer.mapping);
  if (!line->has_path || line->path_length >= SELF_PATH_MAX
      || strpbrk (line->path, "\\\n") != NULL)
    CHECK_INT (answer.path[0], '\0');
  else
    CHECK (strcmp (answer.path, line->path) == 0);
}

/* --- Program headers -------------------------------------------------------- */

static void
program_headers (struct input input)
{
  static struct answer answer;
  ElfW (Phdr) *ph = fuzz_image.program;
  unsigned count = 1 + take (&input) % HEADERS, wanted = take (&input) % count;
  size_t into = take16 (&input);
  ElfW (Addr) next = 0x1000ul * take16 (&input);

  memset (&fuzz_image, 0, sizeof fuzz_image);
  memcpy (fuzz_image.file.e_ident, ELFMAG, SELFMAG);
  fuzz_image.file.e_phoff = offsetof (struct image, program);
  fuzz_image.file.e_phnum = count;
  ElfW (Addr) base = (ElfW (Addr)) & fuzz_image - next;
  for (unsigned i = 0; i < count; i++)
    {
      ph[i].p_type = i == 0 || take (&input) % 4 != 0 ? PT_LOAD : take (&input);
      ph[i].p_filesz = take16 (&input) + (i == 0);
      /* What has no bytes in the file may be said to have them at the start.  */
      ph[i].p_offset
          = i == 0 || ph[i].p_filesz == 0 ? 0 : 0x1000ul * (1 + take16 (&input));
      ph[i].p_vaddr = next;
      next += ph[i].p_filesz + take16 (&input);
    }
  /* Neighbours may overlap by nothing: the address is in one segment or in none.  */
  bool inside = ph[wanted].p_type == PT_LOAD && into < ph[wanted].p_filesz;
  uintptr_t address = base + ph[wanted].p_vaddr + (inside ? into : 0);
  if (!inside && ph[wanted].p_filesz != 0 && ph[wanted].p_type == PT_LOAD)
    return;
  ask (&answer, (const uint8_t *) "", 0, 1, ~0u, address, 1);
  CHECK (!answer.image.found);
  if (inside)
    CHECK_UINT (answer.image.offset, ph[wanted].p_offset + into);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  struct input input = { data, size };

  switch (take (&input) % 4)
    {
    case 0:
    case 1:
      arbitrary_bytes (input);
      break;
    case 2:
      kernel_lines (input);
      break;
    default:
      program_headers (input);
    }
  return 0;
}

FUZZ_MAIN ("maps", 200)
