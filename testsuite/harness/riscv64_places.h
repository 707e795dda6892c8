/* SPDX-License-Identifier: MIT */
/* Where LP64D, the convention of riscv64, puts arguments and results.  */

#ifndef RISCV64_PLACES_H
#define RISCV64_PLACES_H

/* The least alignment of a copy.  */
#define COPY_ALIGN 1

#include "argument_words.h"
#include "one_chain.h"

/* A float in the N-th FPR for arguments is NaN-boxed: ones above it.  */
static FFITEST_UNUSED void
put_fpr (struct image *image, unsigned n, const void *bytes, size_t size)
{
  unsigned char boxed[8];
  memset (boxed, 0xff, sizeof boxed);
  memcpy (boxed, bytes, size);
  put_state (image, image->state.fpr[FA0 + n], boxed, sizeof boxed);
}

/* --- Arguments ------------------------------------------------------------------ */

/* What values that may go to FPRs consist of: one floating-point number, two, or one and
   an integer.  */
struct members
{
  char letter;
  struct
  {
    unsigned char at, size, floating;
  } member[2];
};

static FFITEST_UNUSED const struct members *
members_of (const struct kind *kind)
{
  static const struct members all[] = {
    { 'f', { { 0, 4, 1 } } },
    { 'd', { { 0, 8, 1 } } },
    { 'o', { { 0, 4, 1 } } },
    { 'c', { { 0, 4, 1 }, { 4, 4, 1 } } },
    { 'C', { { 0, 8, 1 }, { 8, 8, 1 } } },
    { 'D', { { 0, 8, 1 }, { 8, 8, 1 } } },
    { 'X', { { 0, 8, 0 }, { 8, 8, 1 } } },
    { 'Y', { { 0, 8, 1 }, { 8, 8, 0 } } },
    { '2', { { 0, 4, 1 }, { 4, 4, 1 } } },
    { 'M', { { 0, 4, 0 }, { 4, 4, 1 } } },
    { 'n', { { 0, 4, 1 }, { 4, 4, 0 } } },
    { 'N', { { 0, 1, 0 }, { 8, 8, 1 } } },
    { 'P', { { 0, 8, 1 }, { 8, 2, 0 } } },
    { 'R', { { 0, 8, 1 }, { 8, 4, 1 } } },
    { 'S', { { 0, 4, 1 }, { 8, 8, 1 } } },
    { 'V', { { 0, 4, 1 }, { 8, 8, 0 } } },
  };
  for (size_t i = 0; i < ARRAY_SIZE (all); i++)
    if (all[i].letter == kind->letter)
      return &all[i];
  return NULL;
}

static FFITEST_UNUSED int
by_address (const struct kind *kind)
{
  return kind->type->size > 2 * WORD;
}

static int
result_in_memory (const struct signature *s)
{
  return s->result->letter != 'v' && by_address (s->result);
}

/* How far arguments have come.  */
struct walk
{
  unsigned fprs;
  unsigned word; /* the next one of the integer registers and of the stack */
};

/* Put VALUE into registers for its members, if all of them have one.  */
static FFITEST_UNUSED int
put_members (struct image *image, struct walk *w, const struct members *members,
             const unsigned char *value)
{
  unsigned fprs = 0, gprs = 0;
  for (unsigned i = 0; i < 2; i++)
    if (members->member[i].floating)
      fprs++;
    else if (members->member[i].size != 0)
      gprs++;
  if (w->fprs + fprs > ARGUMENT_FPRS || (gprs != 0 && w->word + gprs > ARGUMENT_GPRS))
    return 0;
  for (unsigned i = 0; i < 2; i++)
    {
      const unsigned char *from = value + members->member[i].at;
      if (members->member[i].floating)
        put_fpr (image, w->fprs++, from, members->member[i].size);
      else if (members->member[i].size != 0)
        put_words (image, w->word++, from, members->member[i].size);
    }
  return 1;
}

/* The first of the words for SIZE bytes.  A pair with an alignment of its own has it on
   the stack, and among registers if it is not NAMED.  */
static FFITEST_UNUSED unsigned
take_words (struct walk *w, size_t size, size_t align, int named)
{
  if (align >= 2 * WORD && (!named || w->word >= ARGUMENT_GPRS))
    w->word = (unsigned) align_up (w->word, 2);
  unsigned first = w->word;
  w->word += (unsigned) (align_up (size, WORD) / WORD);
  return first;
}

/* VALUE of KIND, which is not passed by address.  */
static FFITEST_UNUSED void
put_value (struct image *image, struct walk *w, const struct kind *kind,
           const unsigned char *value, int named)
{
  const struct members *members = named ? members_of (kind) : NULL;
  if (members != NULL && put_members (image, w, members, value))
    return;
  unsigned n = take_words (w, kind->type->size, kind->type->alignment, named);
  if (!kind_is_integer (kind))
    put_words (image, n, value, kind->type->size);
  else
    {
      unsigned char word[WORD];
      kind_widen (kind, value, word);
      /* An unsigned int is widened like an int.  */
      if (kind->type->size == 4)
        memset (word + 4, word[3] & 0x80 ? 0xff : 0, 4);
      put_words (image, n, word, WORD);
    }
}

/* The arguments of S, with the result's address if it has one.  RECEIVING: the callee is
   the library.  */
static FFITEST_UNUSED void
place_arguments (struct image *image, const struct signature *s, const void *result,
                 int receiving)
{
  struct walk w = { 0, 0 };
  memset (image, 0, sizeof *image);
  if (result_in_memory (s))
    put_address (image, w.word++, result);
  for (unsigned i = 0; i < s->nargs; i++)
    if (by_address (s->arguments[i]))
      put_copy (image, take_words (&w, WORD, WORD, 1), i);
    else
      put_value (image, &w, s->arguments[i], s->values[i], i < s->nfixed);
  if (w.word > ARGUMENT_GPRS)
    image->size = (size_t) WORD * (w.word - ARGUMENT_GPRS);
  if (receiving)
    place_copies (image, s, image->size);
}

/* The registers with the result of S in IMAGE, which are those of a first argument; there
   is no x87.  */
static FFITEST_UNUSED void
place_result (struct image *image, const struct signature *s, const void *result,
              int receiving, unsigned *x87)
{
  struct walk w = { 0, 0 };
  (void) result, (void) receiving;
  memset (image, 0, sizeof *image);
  *x87 = 0;
  if (s->result->letter != 'v' && !by_address (s->result))
    put_value (image, &w, s->result, s->returned, 1);
}

#endif
