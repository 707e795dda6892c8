/* SPDX-License-Identifier: MIT */
/* Where the s390x ELF ABI puts arguments and results, without vector registers.  */

#ifndef S390X_PLACES_H
#define S390X_PLACES_H

/* The least alignment of a copy.  */
#define COPY_ALIGN 1

#include "argument_words.h"
#include "one_chain.h"

/* SIZE bytes at the end of word N.  */
static FFITEST_UNUSED void
put_word (struct image *image, unsigned n, const void *bytes, size_t size)
{
  put_in_word (image, n, WORD - size, bytes, size);
}

/* An integer fills its word, on either side.  */
static FFITEST_UNUSED void
put_integer (struct image *image, unsigned n, const struct kind *kind,
             const unsigned char *value)
{
  unsigned char word[WORD];
  kind_widen (kind, value, word);
  put_word (image, n, word, WORD);
}

/* SIZE bytes at the start of the N-th FPR for arguments.  */
static FFITEST_UNUSED void
put_fpr (struct image *image, unsigned n, const void *bytes, size_t size)
{
  put_state (image, image->state.fpr[2 * n], bytes, size);
}

/* --- Arguments ------------------------------------------------------------------ */

/* The bytes that an FPR carries of KIND, or 0.  */
static FFITEST_UNUSED size_t
fpr_size (const struct kind *kind)
{
  return strchr ("fo", kind->letter) != NULL ? 4 : kind->letter == 'd' ? 8 : 0;
}

static FFITEST_UNUSED int
by_address (const struct kind *kind)
{
  return kind_is_integer (kind) || fpr_size (kind) != 0
             ? 0
             : strchr ("ghjk2", kind->letter) == NULL;
}

static int
result_in_memory (const struct signature *s)
{
  const struct kind *kind = s->result;
  return kind->letter != 'v' && !kind_is_integer (kind)
         && strchr ("fd", kind->letter) == NULL;
}

/* How far arguments have come.  */
struct walk
{
  unsigned fprs;
  unsigned word;  /* the next one of the integer registers */
  unsigned stack; /* and of the stack, whose first is ARGUMENT_GPRS */
};

static FFITEST_UNUSED unsigned
take_word (struct walk *w)
{
  return w->word < ARGUMENT_GPRS ? w->word++ : w->stack++;
}

static FFITEST_UNUSED void
place_argument (struct image *image, struct walk *w, const struct signature *s,
                unsigned i)
{
  const struct kind *kind = s->arguments[i];
  if (fpr_size (kind) != 0 && w->fprs < ARGUMENT_FPRS)
    put_fpr (image, w->fprs++, s->values[i], fpr_size (kind));
  else if (fpr_size (kind) != 0)
    put_word (image, w->stack++, s->values[i], fpr_size (kind));
  else if (by_address (kind))
    put_copy (image, take_word (w), i);
  else if (kind_is_integer (kind))
    put_integer (image, take_word (w), kind, s->values[i]);
  else
    put_word (image, take_word (w), s->values[i], kind->type->size);
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
    put_address (image, w.word++, result);
  for (unsigned i = 0; i < s->nargs; i++)
    place_argument (image, &w, s, i);
  size_t top = (size_t) WORD * (w.stack - ARGUMENT_GPRS);
  if (image->size < top)
    image->size = top;
  if (receiving)
    place_copies (image, s, top);
}

/* The register with the result of S in IMAGE; there is no x87.  */
static FFITEST_UNUSED void
place_result (struct image *image, const struct signature *s, const void *result,
              int receiving, unsigned *x87)
{
  const struct kind *kind = s->result;
  (void) result, (void) receiving;
  memset (image, 0, sizeof *image);
  *x87 = 0;
  if (kind->letter == 'v' || result_in_memory (s))
    return;
  if (fpr_size (kind) != 0)
    put_fpr (image, 0, s->returned, fpr_size (kind));
  else
    put_integer (image, 0, kind, s->returned);
}

#endif
