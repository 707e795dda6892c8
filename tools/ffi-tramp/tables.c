/* SPDX-License-Identifier: MIT */
/* The tables of a libffi in another process, found by the note that src/asm/tramp.h
   puts into it.  The process may be of another word size, is running, and may be
   hostile: nothing that is read is believed to be in bounds.  */

#include "process.h"
#include <elf.h>
#include <stdlib.h>
#include <string.h>

/* The words of the note, see src/asm/tramp.h.  */
enum
{
  IMAGE_TEXT,
  GROWN_TEXT,
  IMAGE_TABLES,
  FIRST_CHUNK,
  CHUNKS,
  TAKEN,
  LAYOUT,
  NOTE_WORDS, /* and a zero */
  NAME_SIZE = 8
};

enum
{
  MAX_CHUNKS = 4096,
  MAX_TABLE_SIZE = 4096,
  MAX_IMAGE_TABLES = 64,
  MAX_LIBRARIES = 64 /* in a process */
};

/* struct ffi_table_layout of src/trampoline/tables.h.  */
struct layout
{
  uint16_t chunk_tables, chunks, table_size;
  uint16_t cont, text, slots, count, pinned, source, pitch_shift;
  uint16_t image_tables;
};

struct library
{
  const struct process *process;
  uint64_t at[NOTE_WORDS];
  unsigned word; /* bytes of a word: 4, 8 */
  struct layout layout;
  const struct mapping *image;
};

/* --- Finding the note ------------------------------------------------------- */

/* Where the note named "libffi" has its words, behind the end of the name, in the NOTES
   of SIZE bytes at ADDRESS; 0 if it is not there.  */
static uint64_t
find_note (const char *notes, size_t size, uint64_t address, unsigned alignment)
{
  size_t at = 0;

  while (at + sizeof (Elf32_Nhdr) <= size)
    {
      Elf32_Nhdr header; /* the same in both classes */
      memcpy (&header, notes + at, sizeof header);
      size_t name = at + sizeof header;
      size_t desc = name + (((size_t) header.n_namesz + alignment - 1) & -alignment);
      size_t next = desc + (((size_t) header.n_descsz + alignment - 1) & -alignment);
      if (desc < name || next < desc || desc + header.n_descsz > size)
        return 0;
      if (header.n_namesz == NAME_SIZE + 4 * (NOTE_WORDS + 1) && header.n_type == 1
          && header.n_descsz == 0 && memcmp (notes + name, "libffi\0", NAME_SIZE) == 0)
        return address + name + NAME_SIZE;
      at = next;
    }
  return 0;
}

static uint64_t
find_in_segment (const struct process *process, uint64_t address, uint64_t size,
                 uint64_t alignment)
{
  char notes[4096];

  if (size > sizeof notes || !process_read (process, address, notes, size))
    return 0;
  return find_note (notes, size, address, alignment == 8 ? 8 : 4);
}

/* The note of the ELF image that is mapped at START.  */
#define FIND_IN_IMAGE(bits)                                                              \
  static uint64_t find_in_image##bits (const struct process *process, uint64_t start)    \
  {                                                                                      \
    Elf##bits##_Ehdr header;                                                             \
    Elf##bits##_Phdr segments[64];                                                       \
    uint64_t bias = start, note = 0;                                                     \
    if (!process_read (process, start, &header, sizeof header)                           \
        || header.e_phentsize != sizeof segments[0] || header.e_phnum > 64               \
        || !process_read (process, start + header.e_phoff, segments,                     \
                          header.e_phnum * sizeof segments[0]))                          \
      return 0;                                                                          \
    for (unsigned i = 0; i < header.e_phnum; i++)                                        \
      if (segments[i].p_type == PT_LOAD && segments[i].p_offset == 0                     \
          && segments[i].p_filesz != 0)                                                  \
        bias = start - segments[i].p_vaddr;                                              \
    for (unsigned i = 0; i < header.e_phnum && note == 0; i++)                           \
      if (segments[i].p_type == PT_NOTE)                                                 \
        note = find_in_segment (process, bias + segments[i].p_vaddr,                     \
                                segments[i].p_memsz, segments[i].p_align);               \
    return note;                                                                         \
  }
FIND_IN_IMAGE (32)
FIND_IN_IMAGE (64)

/* Whether there is a libffi in the ELF image at START.  */
static bool
find_library (const struct process *process, uint64_t start, struct library *library)
{
  unsigned char ident[EI_NIDENT];
  int32_t words[NOTE_WORDS];

  if (!process_read (process, start, ident, sizeof ident)
      || memcmp (ident, ELFMAG, SELFMAG) != 0)
    return false;
  library->process = process;
  library->word = ident[EI_CLASS] == ELFCLASS64 ? 8 : 4;
  uint64_t note = library->word == 8 ? find_in_image64 (process, start)
                                     : find_in_image32 (process, start);
  if (note == 0 || !process_read (process, note, words, sizeof words))
    return false;
  for (unsigned i = 0; i < NOTE_WORDS; i++)
    library->at[i] = note + 4 * i + (uint64_t) (int64_t) words[i];
  library->image = process_mapping_at (process, library->at[IMAGE_TEXT]);
  return library->image != NULL
         && process_read (process, library->at[LAYOUT], &library->layout,
                          sizeof library->layout)
         && library->layout.chunk_tables == 8 * library->word
         && library->layout.chunks <= MAX_CHUNKS
         && library->layout.table_size <= MAX_TABLE_SIZE
         && library->layout.image_tables <= MAX_IMAGE_TABLES;
}

/* --- Reading tables --------------------------------------------------------- */

/* The word at ADDRESS; 0 if it cannot be read.  */
static uint64_t
read_word (const struct library *library, uint64_t address)
{
  uint64_t word = 0; /* little-endian, as all ports are */

  if (!process_read (library->process, address, &word, library->word))
    return 0;
  return word;
}

/* A descriptor, as it was at one moment.  */
struct descriptor
{
  const struct library *library;
  unsigned char bytes[MAX_TABLE_SIZE];
};

/* The SIZE bytes at OFFSET; 0 if they are not in the descriptor.  */
static uint64_t
member (const struct descriptor *d, size_t offset, size_t size)
{
  uint64_t value = 0;

  if (offset + size <= d->library->layout.table_size)
    memcpy (&value, d->bytes + offset, size);
  return value;
}

/* The closures in the table of D that has COUNT trampolines: runs of slots, by their
   first ones.  */
static unsigned
used_in (const struct descriptor *d, uint64_t count)
{
  unsigned word = d->library->word, used = 0;

  for (uint64_t i = 0; i < count / (8 * word); i++)
    used += (unsigned) __builtin_popcountll (
        member (d, i * word, word)
        & ~member (d, d->library->layout.cont + i * word, word));
  return used;
}

/* Count what is in the table whose descriptor is at AT, and mark the mapping that it is
   in.  */
static void
count_table (struct process *process, const struct library *library, uint64_t at,
             enum kind kind)
{
  const struct layout *layout = &library->layout;
  struct descriptor d = { .library = library };

  if (!process_read (process, at, d.bytes, layout->table_size))
    return;
  struct mapping *m
      = process_mapping_at (process, member (&d, layout->text, library->word));
  uint64_t count = member (&d, layout->count, 4);
  if (m == NULL || m->permissions[2] != 'x'
      || count > (uint64_t) 64 * library->word * library->word)
    return;
  unsigned used = used_in (&d, count);
  if (kind == KIND_GROWN && member (&d, layout->pinned, 4) != 0 && used > 0)
    used--;
  if (kind == KIND_GROWN && m->trampfd)
    kind = KIND_TRAMPFD;
  m->kind = kind;
  m->tables++;
  m->trampolines += (unsigned) count;
  m->used += used;
  process->closures += used;
}

static void
count_tables (struct process *process, const struct library *library)
{
  const struct layout *layout = &library->layout;

  for (unsigned i = 0; i < layout->image_tables; i++)
    count_table (process, library,
                 library->at[IMAGE_TABLES] + (uint64_t) i * layout->table_size,
                 KIND_IMAGE);
  for (unsigned b = 0; b < layout->chunks; b++)
    {
      uint64_t taken = read_word (library, library->at[TAKEN] + b * library->word);
      uint64_t chunk = b == 0
                           ? library->at[FIRST_CHUNK]
                           : read_word (library, library->at[CHUNKS] + b * library->word);
      for (unsigned i = 0; chunk != 0 && i < layout->chunk_tables; i++)
        if (taken >> i & 1)
          count_table (process, library, chunk + (uint64_t) i * layout->table_size,
                       KIND_GROWN);
    }
}

/* The text that tables are cloned from is of the same file and offset, and no table.  */
static void
mark_master (struct process *process, const struct library *library)
{
  const struct mapping *image = library->image;
  uint64_t offset = library->at[GROWN_TEXT] - image->start + image->offset;

  for (size_t i = 0; i < process->count; i++)
    {
      struct mapping *m = &process->mappings[i];
      if (m->kind == KIND_FILE && m->permissions[2] == 'x' && m->offset == offset
          && m->inode == image->inode && m->device_major == image->device_major
          && m->device_minor == image->device_minor)
        m->kind = KIND_MASTER;
    }
}

/* Whether M's file is called libffi.so.8, libffi-HASH.so or the like: packages of Python
   and others bring their own.  */
static bool
is_called_libffi (const struct mapping *m)
{
  const char *name = strrchr (m->path, '/');

  return name != NULL && strncmp (name, "/libffi", 7) == 0
         && strchr (".-_", name[7]) != NULL && strstr (name, ".so") != NULL;
}

void
process_find_tables (struct process *process)
{
  struct library library;
  char probe;

  for (size_t i = 0; i < process->count; i++)
    {
      const struct mapping *m = &process->mappings[i];
      bool readable = process_read (process, m->start, &probe, 1);
      process->counted |= readable;
      if (process->libraries == MAX_LIBRARIES || m->offset != 0 || m->inode == 0
          || m->permissions[0] != 'r')
        continue;
      if (!find_library (process, m->start, &library))
        {
          if (is_called_libffi (m))
            process->libffi |= readable ? LIBFFI_OTHER : LIBFFI_UNREAD;
          continue;
        }
      process->libffi |= LIBFFI_THIS;
      process->libraries++;
      count_tables (process, &library);
      mark_master (process, &library);
    }
}
