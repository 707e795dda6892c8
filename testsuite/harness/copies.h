/* SPDX-License-Identifier: MIT */
/* Arguments whose addresses are passed, as copies on the caller's stack.  Included by
   CPU_places.h behind

     put_address ()       put the address of a copy into a word of an image
     address_seen ()      the address in a word, in what a callee saw
     COPY_ALIGN           the least alignment of a copy  */

#ifndef COPIES_H
#define COPIES_H

static FFITEST_UNUSED size_t
copy_alignment (const ffi_type *type)
{
  return type->alignment > COPY_ALIGN ? type->alignment : COPY_ALIGN;
}

/* Put the values of copies from TOP on, and their addresses where they belong.  */
static FFITEST_UNUSED void
place_copies (struct image *image, const struct signature *s, size_t top)
{
  for (unsigned i = 0; i < image->ncopies; i++)
    {
      unsigned number = image->copies[i].number;
      const ffi_type *type = s->arguments[number]->type;
      top = align_up (top, copy_alignment (type));
      put_stack (image, top, s->values[number], type->size);
      put_address (image, image->copies[i].word, stack_arguments () + top);
      top += type->size;
    }
}

/* A copy of an argument, in what the callee saw: behind the stack arguments.  */
static const char *
copy_trouble (const struct image *image, const struct signature *s, unsigned copy)
{
  unsigned number = image->copies[copy].number;
  const ffi_type *type = s->arguments[number]->type;
  uintptr_t address = address_seen (image->copies[copy].word);
  uintptr_t stack = seen_arguments ();
  if (address % copy_alignment (type) != 0)
    return trouble ("address of argument %u: expected a multiple of %zu, got %#lx",
                    number, copy_alignment (type), (unsigned long) address);
  if (address < stack + image->size
      || address + type->size > stack + sizeof machine_seen_stack)
    return trouble ("argument %u: expected a copy on the stack, got address %#lx", number,
                    (unsigned long) address);
  return bytes_trouble ("copy of argument ", (int) number,
                        (unsigned char *) machine_seen_stack + (address - stack),
                        s->values[number], NULL, type->size);
}

#endif
