/* SPDX-License-Identifier: MIT */
/* Where the x86-64 conventions put arguments and results.  */

#ifndef X86_64_PLACES_H
#define X86_64_PLACES_H

/* --- Arguments ------------------------------------------------------------------- */

/* The N-th register for arguments.  */
static const unsigned char sysv_gprs[] = { RDI, RSI, RDX, RCX, R8, R9 };
static const unsigned char win64_gprs[] = { RCX, RDX, R8, R9 };

static FFITEST_UNUSED void
put_gpr (struct image *image, unsigned n, const void *bytes, size_t size)
{
  put_state (image, &image->state.gpr[n], bytes, size);
}

static FFITEST_UNUSED void
put_vector (struct image *image, unsigned n, const void *bytes, size_t size)
{
  put_state (image, image->state.vector[n], bytes, size);
}

/* Arguments of a C function, few enough for registers.  */
static FFITEST_UNUSED size_t
pass_words (unsigned n, const uintptr_t *words, uintptr_t *stack)
{
  (void) stack;
  for (unsigned i = 0; i < n; i++)
    machine_in.gpr[sysv_gprs[i]] = words[i];
  return 0;
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

/* Whether a value of KIND is in a register that this machine does not have.  */
static FFITEST_UNUSED int
is_too_wide (const struct kind *kind)
{
  return kind->classes[0] == 'V' && kind->type->size > machine_vector_bytes;
}

static int
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
  unsigned gprs = 0, vectors = 0;
  size_t at = 0;
  if (result_in_memory (s))
    put_gpr (image, sysv_gprs[gprs++], &result, 8);
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
              put_gpr (image, sysv_gprs[gprs++], word, size);
            else
              put_vector (image, vectors++, word, size);
          }
    }
  image->chars = vectors;
}

/* SIZE bytes, at most 8, in word N of Microsoft's convention: those in registers have a
   place on the stack, too.  */
static FFITEST_UNUSED void
put_win64 (struct image *image, unsigned n, const void *bytes, size_t size)
{
  if (n < ARRAY_SIZE (win64_gprs))
    put_gpr (image, win64_gprs[n], bytes, size);
  else
    put_stack (image, 8 * (size_t) n, bytes, size);
}

static FFITEST_UNUSED void
put_address (struct image *image, unsigned n, const void *address)
{
  put_win64 (image, n, &address, 8);
}

static FFITEST_UNUSED uintptr_t
address_seen (unsigned n)
{
  return n < ARRAY_SIZE (win64_gprs) ? machine_seen.gpr[win64_gprs[n]]
                                     : machine_seen_stack[n];
}

/* The compilers align a copy as its type demands if that is more.  */
#define COPY_ALIGN 16

#include "copies.h"

/* SIZE bytes of an argument that is not passed by address; NAMED: not variadic.  */
static FFITEST_UNUSED void
place_win64_word (struct image *image, const struct kind *kind, unsigned n,
                  const void *bytes, size_t size, int named)
{
  int floating = kind->letter == 'f' || kind->letter == 'd';
  if (floating && n < ARRAY_SIZE (win64_gprs))
    {
      put_vector (image, n, bytes, size);
      /* The callee looks at both, since it does not know the type.  */
      if (!named)
        put_win64 (image, n, bytes, size);
    }
  else
    put_win64 (image, n, bytes, size);
}

static FFITEST_UNUSED void
place_win64 (struct image *image, const struct signature *s, const void *result,
             int receiving)
{
  unsigned hidden = result_in_memory (s) ? 1 : 0;
  size_t words = s->nargs + hidden < 4 ? 4 : s->nargs + hidden;
  if (hidden)
    put_address (image, 0, result);
  for (unsigned i = 0; i < s->nargs; i++)
    {
      const struct kind *kind = s->arguments[i];
      size_t size = kind->type->size;
      unsigned char word[8];
      if (size > 8 || (size & (size - 1)) != 0)
        put_copy (image, i + hidden, i);
      else
        place_win64_word (image, kind, i + hidden, word,
                          eightbyte (kind, s->values[i], 0, receiving, word),
                          i < s->nfixed);
    }
  image->size = 8 * words;
  image->own = 32;
  if (receiving)
    place_copies (image, s, image->size);
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
    image->mask.gpr[s->abi == FFI_UNIX64 ? sysv_gprs[0] : win64_gprs[0]] = 0;
}

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

#include "one_chain.h"

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
          put_state (image, image->state.st[i], s->returned + 16 * i, 10);
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
