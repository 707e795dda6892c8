/* SPDX-License-Identifier: MIT */
/* Where the x86-64 conventions put arguments and results.  A model of its own: nothing
   here comes from the library.  */

#ifndef X86_64_PLACES_H
#define X86_64_PLACES_H

#include "harness/x86_64_state.h"

/* --- Arguments ------------------------------------------------------------------- */

enum
{
  MAX_STACK = 8 * MACHINE_STACK_WORDS
};

/* A call at the callee's first instruction.  Bytes that the convention defines have a
   mask of 0xff.  */
struct image
{
  struct machine_state state, mask;
  unsigned char stack[MAX_STACK], stack_mask[MAX_STACK];
  size_t size;    /* of the stack arguments and copies */
  size_t popped;  /* of these, removed by the callee: none */
  size_t own;     /* of these, the callee's to write */
  size_t align;   /* of the stack arguments */
  unsigned chars; /* vector registers used */
  /* Arguments that are passed by address.  */
  struct
  {
    int gpr;         /* the register with the address, or -1 */
    size_t offset;   /* or where it is on the stack */
    unsigned number; /* of the argument */
  } copies[MAX_ARGUMENTS];
  unsigned ncopies;
};

static FFITEST_UNUSED void
put_gpr (struct image *image, unsigned n, const void *bytes, size_t size)
{
  memcpy (&image->state.gpr[n], bytes, size);
  memset (&image->mask.gpr[n], 0xff, size);
}

static FFITEST_UNUSED void
put_vector (struct image *image, unsigned n, const void *bytes, size_t size)
{
  memcpy (image->state.vector[n], bytes, size);
  memset (image->mask.vector[n], 0xff, size);
}

static FFITEST_UNUSED void
put_stack (struct image *image, size_t at, const void *bytes, size_t size)
{
  if (at + size > MAX_STACK)
    ffitest_fail (__FILE__, __LINE__, "too many stack arguments");
  memcpy (image->stack + at, bytes, size);
  memset (image->stack_mask + at, 0xff, size);
  if (image->size < at + size)
    image->size = (at + size + 7) & -(size_t) 8;
}

/* Up to 8 bytes of eightbyte N of a value as it is passed.  An integer narrower than
   int comes widened to that; who receives it cannot rely on that.  Returns the number
   of bytes that are defined.  */
static FFITEST_UNUSED size_t
eightbyte (const struct kind *kind, const unsigned char *value, size_t n, int receiving,
           unsigned char *to)
{
  size_t size = kind->type->size - 8 * n < 8 ? kind->type->size - 8 * n : 8;
  memcpy (to, value + 8 * n, size);
  if (receiving || !kind_is_integer (kind) || size >= 4)
    return size;
  int sign = kind_is_signed (kind) && (to[size - 1] & 0x80);
  memset (to + size, sign ? 0xff : 0, 4 - size);
  return 4;
}

static FFITEST_UNUSED size_t
align_up (size_t n, size_t align)
{
  return (n + align - 1) & -align;
}

/* Is a value of KIND in a register that this machine does not have?  */
static FFITEST_UNUSED int
is_too_wide (const struct kind *kind)
{
  return kind->classes[0] == 'V' && kind->type->size > machine_vector_bytes;
}

static FFITEST_UNUSED int
result_in_memory (const struct signature *s)
{
  const struct kind *kind = s->result;
  size_t size = kind->type->size;
  if (s->abi == FFI_UNIX64)
    return kind->classes[0] == 'M' || is_too_wide (kind);
  if (kind->letter == 'v')
    return 0;
  if (kind->letter == 'e')
    return s->abi == FFI_GNUW64;
  if (size == 16 && !kind->is_aggregate)
    return 0;
  return size > 8 || (size & (size - 1)) != 0;
}

static FFITEST_UNUSED void
place_sysv (struct image *image, const struct signature *s, const void *result,
            int receiving)
{
  static const unsigned char order[] = { RDI, RSI, RDX, RCX, R8, R9 };
  unsigned gprs = 0, vectors = 0;
  size_t at = 0;
  if (result_in_memory (s))
    put_gpr (image, order[gprs++], &result, 8);
  for (unsigned i = 0; i < s->nargs; i++)
    {
      const struct kind *kind = s->arguments[i];
      unsigned needed_gprs = 0, needed_vectors = 0, memory = is_too_wide (kind);
      unsigned char word[8];
      for (const char *c = kind->classes; *c != '\0'; c++)
        {
          needed_gprs += *c == 'I';
          needed_vectors += *c == 'S' || *c == 'V';
          memory |= *c == 'M' || *c == 'X' || *c == 'Z';
        }
      /* A variadic callee saves no more than 16 bytes of each vector register.  */
      memory |= i >= s->nfixed && kind->classes[0] == 'V' && kind->type->size > 16;
      memory |= gprs + needed_gprs > 6 || vectors + needed_vectors > 8;
      if (memory)
        {
          size_t align = kind->type->alignment < 8 ? 8 : kind->type->alignment;
          if (align > image->align)
            image->align = align;
          at = align_up (at, align);
          if (kind->type->size <= 8)
            put_stack (image, at, word,
                       eightbyte (kind, s->values[i], 0, receiving, word));
          else
            put_stack (image, at, s->values[i], kind->type->size);
          at += align_up (kind->type->size, 8);
        }
      else if (kind->classes[0] == 'V')
        put_vector (image, vectors++, s->values[i], kind->type->size);
      else
        for (unsigned n = 0; kind->classes[n] != '\0'; n++)
          {
            size_t size = eightbyte (kind, s->values[i], n, receiving, word);
            if (kind->classes[n] == 'I')
              put_gpr (image, order[gprs++], word, size);
            else
              put_vector (image, vectors++, word, size);
          }
    }
  image->chars = vectors;
}

/* Microsoft says 16; the compilers align a copy as its type demands.  */
static FFITEST_UNUSED size_t
copy_alignment (const struct kind *kind)
{
  return kind->type->alignment > 16 ? kind->type->alignment : 16;
}

static FFITEST_UNUSED void
place_win64 (struct image *image, const struct signature *s, const void *result,
             int receiving)
{
  static const unsigned char order[] = { RCX, RDX, R8, R9 };
  unsigned hidden = result_in_memory (s) ? 1 : 0;
  size_t words = s->nargs + hidden, top = 8 * (words < 4 ? 4 : words);
  if (hidden)
    put_gpr (image, RCX, &result, 8);
  for (unsigned i = 0; i < s->nargs; i++)
    {
      const struct kind *kind = s->arguments[i];
      size_t size = kind->type->size;
      unsigned n = i + hidden;
      unsigned char word[8];
      if (size <= 8 && (size & (size - 1)) == 0)
        {
          size = eightbyte (kind, s->values[i], 0, receiving, word);
          if (n >= 4)
            put_stack (image, 8 * n, word, size);
          else if (kind->letter == 'f' || kind->letter == 'd')
            {
              put_vector (image, n, word, size);
              /* The callee looks there, since it does not know the type.  */
              if (i >= s->nfixed)
                put_gpr (image, order[n], word, size);
            }
          else
            put_gpr (image, order[n], word, size);
          continue;
        }
      image->copies[image->ncopies].gpr = n < 4 ? order[n] : -1;
      image->copies[image->ncopies].offset = 8 * n;
      image->copies[image->ncopies++].number = i;
      if (receiving)
        {
          top = align_up (top, copy_alignment (kind));
          unsigned char *copy = stack_arguments () + top;
          put_stack (image, top, s->values[i], size);
          top += size;
          if (n < 4)
            put_gpr (image, order[n], &copy, 8);
          else
            put_stack (image, 8 * n, &copy, 8);
        }
    }
  if (image->size < 8 * words)
    image->size = 8 * words;
  if (image->size < 32)
    image->size = 32;
  image->own = 32;
}

/* The arguments of S, with the result's address if it has one.  RECEIVING: the callee is
   the library, so nothing more than what the convention says may be defined.  */
static FFITEST_UNUSED void
place_arguments (struct image *image, const struct signature *s, const void *result,
                 int receiving)
{
  memset (image, 0, sizeof *image);
  image->align = 16;
  if (s->abi == FFI_UNIX64)
    place_sysv (image, s, result, receiving);
  else
    place_win64 (image, s, result, receiving);
}

/* The callee may overwrite all its arguments.  */
static FFITEST_UNUSED void
give_arguments (const struct image *image)
{
  machine_trash_words = (image->size + 7) / 8;
}

/* The address of a result in memory may be any.  */
static FFITEST_UNUSED void
forget_result_address (struct image *image, const struct signature *s)
{
  if (result_in_memory (s))
    image->mask.gpr[s->abi == FFI_UNIX64 ? RDI : RCX] = 0;
}

/* STATE against the defined registers of IMAGE.  */
static FFITEST_UNUSED const char *
registers_trouble (const struct image *image, const struct machine_state *state)
{
  const char *wrong = NULL;
  for (unsigned i = 0; i < GPRS && wrong == NULL; i++)
    wrong = bytes_trouble (gpr_names[i], -1, &state->gpr[i], &image->state.gpr[i],
                           &image->mask.gpr[i], 8);
  for (unsigned i = 0; i < VECTORS && wrong == NULL; i++)
    wrong = bytes_trouble ("xmm", (int) i, state->vector[i], image->state.vector[i],
                           image->mask.vector[i], machine_vector_bytes);
  for (unsigned i = 0; i < 2 && wrong == NULL; i++)
    wrong = bytes_trouble ("st", (int) i, state->st[i], image->state.st[i],
                           image->mask.st[i], 16);
  return wrong;
}

/* The word that COPY of IMAGE is found by, in what the callee saw.  */
static FFITEST_UNUSED const char *
copy_trouble (const struct image *image, const struct signature *s, unsigned copy)
{
  int gpr = image->copies[copy].gpr;
  unsigned number = image->copies[copy].number;
  size_t size = s->arguments[number]->type->size;
  uintptr_t address = gpr >= 0 ? machine_seen.gpr[gpr]
                               : machine_seen_stack[image->copies[copy].offset / 8];
  uintptr_t stack = machine_seen.gpr[RSP] + 8;
  size_t align = copy_alignment (s->arguments[number]);
  if (address % align != 0)
    return trouble ("address of argument %u: expected a multiple of %zu, got %#lx",
                    number, align, (unsigned long) address);
  if (address < stack || address + size > stack + sizeof machine_seen_stack)
    return trouble ("argument %u: expected a copy on the stack, got address %#lx", number,
                    (unsigned long) address);
  return bytes_trouble ("copy of argument ", (int) number,
                        (unsigned char *) machine_seen_stack + (address - stack),
                        s->values[number], NULL, size);
}

#include "image.h"

/* What a callee saw against IMAGE.  */
static FFITEST_UNUSED const char *
arguments_trouble (const struct image *image, const struct signature *s)
{
  const char *wrong = passed_trouble (image, s);
  unsigned al = machine_seen.gpr[RAX] & 0xff;
  if (wrong == NULL && (machine_seen.gpr[RSP] + 8) % image->align != 0)
    wrong = trouble ("stack arguments: expected them aligned to %zu, got %#lx",
                     image->align, (unsigned long) machine_seen.gpr[RSP] + 8);
  if (wrong == NULL && s->abi == FFI_UNIX64 && (al < image->chars || al > 8))
    wrong = trouble ("al: expected %u to 8, got %u", image->chars, al);
  return wrong;
}

/* --- Results --------------------------------------------------------------------- */

/* The registers with the result of S in IMAGE; *X87 values are on the x87 stack.
   RECEIVING: by who cannot rely on a narrow integer being widened.  */
static FFITEST_UNUSED void
place_result (struct image *image, const struct signature *s, const void *result,
              int receiving, unsigned *x87)
{
  static const unsigned char order[] = { RAX, RDX };
  const struct kind *kind = s->result;
  unsigned gprs = 0, vectors = 0;
  unsigned char word[8];
  memset (image, 0, sizeof *image);
  *x87 = 0;
  if (result_in_memory (s))
    {
      put_gpr (image, RAX, &result, 8);
      return;
    }
  if (kind->classes[0] == 'X' || kind->classes[0] == 'Z')
    {
      *x87 = kind->classes[0] == 'X' ? 1 : 2;
      for (unsigned i = 0; i < *x87; i++)
        {
          memcpy (image->state.st[i], s->returned + 16 * i, 10);
          memset (image->mask.st[i], 0xff, 10);
        }
      return;
    }
  if (kind->classes[0] == 'V' || (s->abi != FFI_UNIX64 && kind->type->size == 16))
    {
      put_vector (image, 0, s->returned, kind->type->size);
      return;
    }
  for (unsigned n = 0; kind->classes[n] != '\0'; n++)
    {
      size_t size = eightbyte (kind, s->returned, n, receiving, word);
      int in_vector = s->abi == FFI_UNIX64 ? kind->classes[n] == 'S'
                                           : kind->letter == 'f' || kind->letter == 'd';
      if (in_vector)
        put_vector (image, vectors++, word, size);
      else
        put_gpr (image, order[gprs++], word, size);
      if (s->abi != FFI_UNIX64)
        break;
    }
}

#endif
