/* SPDX-License-Identifier: MIT */
/* { needs x86 shared nosan } */
/* Nothing that the library can write to, but for the slots of closures, says where code
   goes: before and after closures of grown tables have lived, no word of its data is the
   address of code, other than of trampolines that are handed out.  The words that the
   loader fills in are made read-only by it.  */

#include "ffitest.h"
#include "crowd.h"
#include <dlfcn.h>
#include <link.h>
#include <stdbool.h>

enum
{
  COUNT = 20000
};

static struct crowd_member members[COUNT];

/* The segments of the library, or of libc, which has the symbol NAME.  */
struct object
{
  const char *name;
  uintptr_t text, text_end, data, data_end;
};

static bool
has_address (const struct dl_phdr_info *info, uintptr_t address)
{
  for (int i = 0; i < info->dlpi_phnum; i++)
    {
      const ElfW (Phdr) *ph = &info->dlpi_phdr[i];
      if (ph->p_type == PT_LOAD
          && address - (info->dlpi_addr + ph->p_vaddr) < ph->p_memsz)
        return true;
    }
  return false;
}

static int
visit (struct dl_phdr_info *info, size_t size, void *data)
{
  struct object *object = data;
  uintptr_t relro_end = 0, symbol = (uintptr_t) dlsym (RTLD_DEFAULT, object->name);
  (void) size;
  if (!has_address (info, symbol))
    return 0;
  for (int i = 0; i < info->dlpi_phnum; i++)
    {
      const ElfW (Phdr) *ph = &info->dlpi_phdr[i];
      uintptr_t start = info->dlpi_addr + ph->p_vaddr, end = start + ph->p_memsz;
      if (ph->p_type == PT_GNU_RELRO)
        relro_end = end;
      if (ph->p_type != PT_LOAD)
        continue;
      if (ph->p_flags & PF_X)
        object->text = start, object->text_end = end;
      if (ph->p_flags & PF_W)
        object->data = start, object->data_end = end;
    }
  if (relro_end > object->data)
    object->data = relro_end;
  return 1;
}

/* The code that LIBRARY calls and that calls it.  */
static bool
is_code (const struct object *object, uintptr_t word)
{
  return word >= object->text && word < object->text_end;
}

/* Is ADDRESS where one of the tables begins whose first trampoline is at CODE?  Of 32-bit
   targets the image has four, of 1,024 each.  */
static int
begins_table (uintptr_t address, uintptr_t code)
{
  uintptr_t pitch = (uintptr_t) members[0].code - code;
  if (sizeof (void *) == 8)
    return address == code;
  return address - code < 4096 * pitch && (address - code) % (1024 * pitch) == 0;
}

/* Words of LIBRARY's data that are addresses of code.  Its trampolines, which come in the
   place of others when the library is full, start where CODE does.  */
static unsigned
code_pointers (const struct object *library, const struct object *libc,
               const uintptr_t *except, size_t excepted, uintptr_t code)
{
  unsigned found = 0;
  for (const uintptr_t *p = (const uintptr_t *) library->data;
       (uintptr_t) (p + 1) <= library->data_end; p++)
    {
      if (p >= except && p < except + excepted)
        continue;
      /* Other words may be numbers by chance only if they are small.  */
      if (is_code (libc, *p) || (is_code (library, *p) && !begins_table (*p, code)))
        {
          printf ("%p: %#lx\n", (const void *) p, (unsigned long) *p);
          found++;
        }
    }
  return found;
}

int
main (void)
{
  struct object library = { .name = "ffi_call" }, libc = { .name = "getpid" };
  void *code;

  CHECK_INT (dl_iterate_phdr (visit, &library), 1);
  if (dl_iterate_phdr (visit, &libc) == 0) /* musl's is the loader */
    libc.name = "ld-musl";
  CHECK_INT (dl_iterate_phdr (visit, &libc), 1);
  CHECK (library.text != 0 && library.data < library.data_end && libc.text != 0);
  /* The first slot of all, the first trampoline, and where the slots end.  */
  uintptr_t *slots = ffi_closure_alloc (sizeof (ffi_closure), &code);
  CHECK (slots != NULL);
  crowd_gather (members, COUNT);
  size_t words = 0;
  for (int i = 0; i < COUNT; i++)
    {
      uintptr_t *end = (uintptr_t *) ((char *) members[i].closure + 64);
      if ((uintptr_t) end <= library.data_end && end > slots
          && (size_t) (end - slots) > words)
        words = end - slots;
    }
  CHECK (words > 1000 * sizeof (ffi_closure) / sizeof (uintptr_t));
  CHECK_UINT (code_pointers (&library, &libc, slots, words, (uintptr_t) code), 0);
  crowd_scatter (members, COUNT);
  CHECK_UINT (code_pointers (&library, &libc, slots, words, (uintptr_t) code), 0);
  return ffitest_done ();
}
