/* SPDX-License-Identifier: MIT */
/* Where the procedure call standards of the two Arm architectures put arguments and
   results; what differs between them is in CPU_state.h.  */

#ifndef AAPCS_PLACES_H
#define AAPCS_PLACES_H

/* The least alignment of a copy.  */
#define COPY_ALIGN 1

#include "argument_words.h"
#include "one_chain.h"

/* COUNT members of SIZE bytes, the first in vector register N.  */
static FFITEST_UNUSED void
put_members (struct image *image, unsigned n, const void *bytes, unsigned count,
             unsigned size)
{
  for (unsigned i = 0; i < count; i++)
    put_state (image, (unsigned char *) image->state.vector + member_at (n, i, size),
               (const unsigned char *) bytes + i * size, size);
}

/* Homogeneous aggregates and what travels like them.  */
struct members
{
  char letter;
  unsigned count, size;
};

static FFITEST_UNUSED const struct members *
members_of (const struct kind *kind)
{
  enum
  {
    LONG_DOUBLE = sizeof (long double)
  };
  static const struct members all[] = {
    { 'f', 1, 4 },           { 'd', 1, 8 },           { 'e', 1, LONG_DOUBLE },
    { 'o', 1, 4 },           { '2', 2, 4 },           { 'F', 3, 4 },
    { '4', 4, 4 },           { 'D', 2, 8 },           { '3', 3, 8 },
    { 'x', 4, 8 },           { 'O', 1, LONG_DOUBLE }, { 'r', 2, LONG_DOUBLE },
    { 'y', 3, LONG_DOUBLE }, { 'Z', 4, LONG_DOUBLE }, { 'c', 2, 4 },
    { 'C', 2, 8 },           { 'E', 2, LONG_DOUBLE }, { 's', 1, 8 },
    { 't', 1, 16 },
  };
  for (size_t i = 0; i < ARRAY_SIZE (all); i++)
    if (all[i].letter == kind->letter)
      return &all[i];
  return NULL;
}

/* The bytes of a value as it is passed; returns how many are defined.  */
static FFITEST_UNUSED size_t
passed_bytes (const struct kind *kind, const unsigned char *value, unsigned char *to)
{
  size_t size = kind->type->size;
  memcpy (to, value, size);
  if (!WIDENS_INTEGERS || !kind_is_integer (kind))
    return size;
  int sign = kind_is_signed (kind) && (to[size - 1] & 0x80);
  memset (to + size, sign ? 0xff : 0, sizeof (ffi_arg) - size);
  return sizeof (ffi_arg);
}

static int
result_in_memory (const struct signature *s)
{
  const struct kind *kind = s->result;
  if (returns_in_vectors (s) && members_of (kind) != NULL)
    return 0;
  if (BY_ADDRESS_ABOVE != 0)
    return kind->type->size > BY_ADDRESS_ABOVE;
  return kind->is_aggregate && kind->type->size > WORD;
}

/* How far arguments have come.  */
struct walk
{
  struct vectors vectors;
  unsigned word;  /* the next one of the integer registers */
  unsigned stack; /* and of the stack, whose first is ARGUMENT_GPRS */
};

/* The first of the words for SIZE bytes; MAY_SPLIT: between registers and stack.  */
static FFITEST_UNUSED unsigned
take_words (struct walk *w, size_t size, size_t align, int may_split)
{
  unsigned count = (unsigned) (align_up (size, WORD) / WORD);
  unsigned step = align >= 2 * WORD ? 2 : 1;
  unsigned first = (unsigned) align_up (w->word, step);
  int split = may_split && w->stack == ARGUMENT_GPRS && first < ARGUMENT_GPRS;
  if (first + count <= ARGUMENT_GPRS || split)
    {
      w->word = first + count;
      if (w->word > ARGUMENT_GPRS)
        {
          w->stack = w->word;
          w->word = ARGUMENT_GPRS;
        }
      return first;
    }
  w->word = ARGUMENT_GPRS;
  first = (unsigned) align_up (w->stack, step);
  w->stack = first + count;
  return first;
}

static FFITEST_UNUSED void
place_argument (struct image *image, struct walk *w, const struct signature *s,
                unsigned i)
{
  const struct kind *kind = s->arguments[i];
  const struct members *members = uses_vectors (s) ? members_of (kind) : NULL;
  /* Windows', whose stack goes on where registers end, or that of 32-bit Arm.  */
  int may_split = BY_ADDRESS_ABOVE == 0 || !uses_vectors (s);
  unsigned char bytes[MAX_VALUE];
  if (members != NULL)
    {
      int n = take_vectors (&w->vectors, members->count, members->size);
      if (n >= 0)
        put_members (image, (unsigned) n, s->values[i], members->count, members->size);
      else
        {
          /* On the stack, whether integer registers are left or not.  */
          struct walk rest = { .word = ARGUMENT_GPRS, .stack = w->stack };
          unsigned first = take_words (&rest, kind->type->size, kind->type->alignment, 0);
          put_words (image, first, s->values[i], kind->type->size);
          w->stack = rest.stack;
        }
      return;
    }
  if (BY_ADDRESS_ABOVE != 0 && kind->type->size > BY_ADDRESS_ABOVE)
    {
      put_copy (image, take_words (w, WORD, WORD, may_split), i);
      return;
    }
  size_t size = passed_bytes (kind, s->values[i], bytes);
  put_words (image, take_words (w, size, kind->type->alignment, may_split), bytes, size);
}

/* The arguments of S, with the result's address if it has one.  RECEIVING: the callee is
   the library.  */
static FFITEST_UNUSED void
place_arguments (struct image *image, const struct signature *s, const void *result,
                 int receiving)
{
  struct walk w = { .stack = ARGUMENT_GPRS };
  memset (image, 0, sizeof *image);
  if (result_in_memory (s))
    {
      put_state (image, &image->state.gpr[RESULT_ADDRESS], &result, WORD);
      if (RESULT_ADDRESS < ARGUMENT_GPRS)
        w.word++;
    }
  for (unsigned i = 0; i < s->nargs; i++)
    place_argument (image, &w, s, i);
  size_t top = (size_t) WORD * (w.stack - ARGUMENT_GPRS);
  if (image->size < top)
    image->size = top;
  if (receiving)
    place_copies (image, s, top);
}

/* The registers with the result of S in IMAGE; there is no x87.  */
static FFITEST_UNUSED void
place_result (struct image *image, const struct signature *s, const void *result,
              int receiving, unsigned *x87)
{
  const struct kind *kind = s->result;
  const struct members *members = returns_in_vectors (s) ? members_of (kind) : NULL;
  unsigned char bytes[MAX_VALUE];
  (void) result, (void) receiving;
  memset (image, 0, sizeof *image);
  *x87 = 0;
  if (kind->letter == 'v' || result_in_memory (s))
    return;
  if (members != NULL)
    put_members (image, 0, s->returned, members->count, members->size);
  else
    put_words (image, 0, bytes, passed_bytes (kind, s->returned, bytes));
}

#endif
