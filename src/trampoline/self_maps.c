/* SPDX-License-Identifier: MIT */
/* Reading /proc/self/maps without malloc, stdio or a limit on its length; and
   the loader's view for systems where /proc is not mounted.  */

#include "self_maps.h"
#include "syscalls.h"
#include <dlfcn.h>
#include <elf.h>
#include <errno.h>
#include <link.h>
#include <string.h>
#include <sys/auxv.h>

/* --- /proc/self/maps -------------------------------------------------------- */

/* A buffered reader of one byte at a time.  */
struct reader
{
  int fd;
  size_t at, end;
  char buffer[1024];
};

/* The next byte, or -1 at the end or after an error.  */
static FFI_COLD int
next (struct reader *r)
{
  if (r->at == r->end)
    {
      ssize_t n;
      do
        n = ffi_file_read (r->fd, r->buffer, sizeof r->buffer);
      while (n < 0 && errno == EINTR);
      if (n <= 0)
        return -1;
      r->at = 0;
      r->end = n;
    }
  return (unsigned char) r->buffer[r->at++];
}

/* Read digits of BASE up to the byte END, which is consumed.  False if there is
   anything else.  */
static FFI_COLD bool
read_number (struct reader *r, unsigned base, int end, uint64_t *value)
{
  *value = 0;
  for (bool any = false;; any = true)
    {
      int c = next (r);
      unsigned digit = c >= 'a' ? (unsigned) c - 'a' + 10 : (unsigned) c - '0';
      if (c == end)
        return any;
      if (c < '0' || digit >= base)
        return false;
      *value = *value * base + digit;
    }
}

/* A line: start-end perms offset major:minor inode, blanks, path.  */
struct line
{
  uint64_t start, end, offset, major, minor, inode;
  char *path; /* room for it, or null */
};

static FFI_COLD bool
read_line (struct reader *r, struct line *line)
{
  if (!read_number (r, 16, '-', &line->start) || !read_number (r, 16, ' ', &line->end))
    return false;
  for (int i = 0; i < 5; i++) /* "r-xp " */
    next (r);
  if (!read_number (r, 16, ' ', &line->offset) || !read_number (r, 16, ':', &line->major)
      || !read_number (r, 16, ' ', &line->minor))
    return false;
  /* The inode is followed by blanks and a path, or by a blank or nothing.  */
  int c;
  line->inode = 0;
  while ((c = next (r)) >= '0' && c <= '9')
    line->inode = line->inode * 10 + (c - '0');
  while (c == ' ')
    c = next (r);
  size_t n = 0;
  bool escaped = false;
  for (; c != '\n' && c != -1; c = next (r))
    {
      escaped |= c == '\\';
      if (line->path != NULL && n < SELF_PATH_MAX)
        line->path[n++] = c;
    }
  /* A path that does not fit, or in which the kernel may have escaped a byte, is
     worth nothing.  */
  if (line->path != NULL)
    line->path[n == SELF_PATH_MAX || escaped ? 0 : n] = '\0';
  return c != -1;
}

/* Find the line for SIZE bytes at ADDRESS.  */
static FFI_COLD bool
find_line (const void *address, size_t size, struct line *line)
{
  struct reader r = { .fd = ffi_file_open ("/proc/self/maps", 0) };
  uintptr_t a = (uintptr_t) address;
  bool found = false;

  if (r.fd < 0)
    return false;
  if (ffi_file_is_of_proc (r.fd) == FILE_SAME)
    {
      while (!found && read_line (&r, line))
        found = line->start <= a && a < line->end && size <= line->end - a;
      /* Another thread may have given the number to a file of its own meanwhile.  */
      enum ffi_file_found now = ffi_file_is_of_proc (r.fd);
      if (now == FILE_OTHER)
        return false;
      found &= now == FILE_SAME;
    }
  ffi_file_close (r.fd);
  return found && line->inode != 0;
}

static FFI_COLD void
describe (const struct line *line, const void *address, struct self_mapping *mapping)
{
  mapping->found = true;
  mapping->offset = line->offset + ((uintptr_t) address - line->start);
  mapping->device_major = line->major;
  mapping->device_minor = line->minor;
  mapping->inode = line->inode;
}

FFI_COLD bool
ffi_self_mapping (const void *address, size_t size, struct self_mapping *mapping)
{
  struct line line = { .path = NULL };

  mapping->found = false;
  if (!find_line (address, size, &line))
    return false;
  describe (&line, address, mapping);
  return true;
}

/* --- Threads ---------------------------------------------------------------- */

/* They are what the directory has beside itself and its parent.  */
FFI_COLD unsigned
ffi_self_threads (void)
{
  int fd = ffi_file_open ("/proc/self/task", O_DIRECTORY);
  ffi_file_facts facts;
  unsigned n = 0;

  if (fd < 0)
    return 0;
  if (ffi_file_is_of_proc (fd) == FILE_SAME && ffi_file_status (fd, &facts) == 0
      && facts.st_nlink > 2)
    n = facts.st_nlink - 2;
  ffi_file_close (fd);
  return n;
}

/* --- The loader's view ------------------------------------------------------ */

#ifdef HAVE__DL_FIND_OBJECT

static FFI_COLD bool
is_header (const ElfW (Ehdr) * header)
{
  return header != NULL && memcmp (header->e_ident, ELFMAG, SELFMAG) == 0;
}

/* The file header of the object with ADDRESS, or null.  The linker could name it, but
   eu-elflint takes that symbol for an error: it lies in no section.  */
static FFI_COLD const
    ElfW (Ehdr)
    * header_of (const void *address)
{
  struct dl_find_object found;

  if (_dl_find_object ((void *) address, &found) != 0)
    return NULL;
  const ElfW (Ehdr) *header = found.dlfo_map_start;
  /* Of a static program that is the code; its program headers follow the file's.  */
  if (!is_header (header) && getauxval (AT_PHDR) != 0)
    header = (const ElfW (Ehdr) *) getauxval (AT_PHDR) - 1;
  return is_header (header) ? header : NULL;
}

#else

/* The linker defines this at the file header of the object it is used in.  */
extern const char __ehdr_start[] __attribute__ ((weak, visibility ("hidden")));

static FFI_COLD const
    ElfW (Ehdr)
    * header_of (const void *address)
{
  (void) address;
  return (const void *) __ehdr_start;
}

#endif

/* The file offset of ADDRESS, by the program headers that are mapped with it.  */
static FFI_COLD uint64_t
offset_in_image (const void *address)
{
  const ElfW (Ehdr) *header = header_of (address);

  if (header == NULL)
    return 0;
  const ElfW (Phdr) *ph = (const void *) ((const char *) header + header->e_phoff);
  ElfW (Addr) base = 0;
  for (unsigned i = 0; i < header->e_phnum; i++)
    if (ph[i].p_type == PT_LOAD && ph[i].p_offset == 0 && ph[i].p_filesz != 0)
      base = (ElfW (Addr)) header - ph[i].p_vaddr;
  for (unsigned i = 0; i < header->e_phnum; i++)
    {
      ElfW (Addr) into = (ElfW (Addr)) address - base - ph[i].p_vaddr;
      if (ph[i].p_type == PT_LOAD && into < ph[i].p_filesz)
        return ph[i].p_offset + into;
    }
  return 0;
}

FFI_COLD void
ffi_self_image (const void *address, size_t size, struct self_mapping *mapping,
                char *path)
{
  struct line line = { .path = path };

  memset (mapping, 0, sizeof *mapping);
  if (find_line (address, size, &line))
    describe (&line, address, mapping);
  else
    {
      mapping->offset = offset_in_image (address);
      path[0] = '\0';
    }
}

/* False if FROM is null, empty or too long.  */
static FFI_COLD bool
copy_path (char *path, const char *from)
{
  size_t n = 0;

  if (from == NULL || from[0] == '\0')
    return false;
  while (n < SELF_PATH_MAX && (path[n] = from[n]) != '\0')
    n++;
  return n < SELF_PATH_MAX;
}

static FFI_COLD bool
program_path (bool proc, char *path)
{
  return copy_path (path, proc ? "/proc/self/exe" : (const char *) getauxval (AT_EXECFN));
}

#ifdef HAVE__DL_FIND_OBJECT

/* Without the loader's locks, which a fork may have left held.  */
bool
ffi_self_loader_path (const void *address, bool proc, char *path)
{
  struct dl_find_object found;

  if (_dl_find_object ((void *) address, &found) == 0 && found.dlfo_link_map != NULL
      && copy_path (path, found.dlfo_link_map->l_name))
    return true;
  return program_path (proc, path);
}

#else

struct search
{
  uintptr_t address;
  char *path;
  bool found;
};

static FFI_COLD int
visit (struct dl_phdr_info *info, size_t size, void *data)
{
  struct search *search = data;

  (void) size;
  for (unsigned i = 0; i < info->dlpi_phnum; i++)
    {
      const ElfW (Phdr) *ph = &info->dlpi_phdr[i];
      if (ph->p_type == PT_LOAD
          && search->address - (info->dlpi_addr + ph->p_vaddr) < ph->p_memsz)
        {
          /* In a static program musl says this even where there is no /proc.  */
          const char *name = info->dlpi_name;
          search->found = name != NULL && strcmp (name, "/proc/self/exe") != 0
                          && copy_path (search->path, name);
          return 1;
        }
    }
  return 0;
}

bool
ffi_self_loader_path (const void *address, bool proc, char *path)
{
  struct search search = { (uintptr_t) address, path, false };

  dl_iterate_phdr (visit, &search);
  return search.found || program_path (proc, path);
}

#endif
