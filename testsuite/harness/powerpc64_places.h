/* SPDX-License-Identifier: MIT */
/* Where the ELFv2 ABI of 64-bit PowerPC puts arguments and results.  */

#ifndef POWERPC64_PLACES_H
#define POWERPC64_PLACES_H

/* The least alignment of a copy.  */
#define COPY_ALIGN 1

#include "argument_words.h"
#include "one_chain.h"

/* --- Arguments in registers of floating-point numbers and vectors --------------------
 */

/* Homogeneous aggregates and what travels like them.  A complex number is two arguments,
   one behind the other.  */
struct members
{
  char letter;
  unsigned parts, count, size; /* in each part COUNT members of SIZE bytes */
};

static FFITEST_UNUSED const struct members *
members_in (const struct members *table, size_t n, const struct kind *kind)
{
  for (size_t i = 0; i < n; i++)
    if (table[i].letter == kind->letter)
      return &table[i];
  return NULL;
}

static FFITEST_UNUSED int
is_ieee (const struct signature *s)
{
  return (s->abi & IEEE128) != 0;
}

static FFITEST_UNUSED const struct members *
members_of (const struct signature *s, const struct kind *kind)
{
  static const struct members all[] = {
    { 'f', 1, 1, 4 },  { 'o', 1, 1, 4 },  { '2', 1, 2, 4 }, { 'F', 1, 3, 4 },
    { '4', 1, 4, 4 },  { 'M', 1, 8, 4 },  { 'd', 1, 1, 8 }, { 'D', 1, 2, 8 },
    { '3', 1, 3, 8 },  { 'x', 1, 4, 8 },  { 'c', 2, 1, 4 }, { 'C', 2, 1, 8 },
    { 't', 1, 1, 16 }, { 'N', 1, 2, 16 },
  };
  /* A long double: two doubles, or like a vector.  */
  static const struct members ibm[] = {
    { 'e', 1, 2, 8 }, { 'O', 1, 2, 8 }, { 'r', 1, 4, 8 },
    { 'y', 1, 6, 8 }, { 'Z', 1, 8, 8 }, { 'E', 2, 2, 8 },
  };
  static const struct members ieee[] = {
    { 'e', 1, 1, 16 }, { 'O', 1, 1, 16 }, { 'r', 1, 2, 16 },
    { 'y', 1, 3, 16 }, { 'Z', 1, 4, 16 }, { 'E', 2, 1, 16 },
  };
  const struct members *found = members_in (all, ARRAY_SIZE (all), kind);
  return found != NULL ? found
                       : members_in (is_ieee (s) ? ieee : ibm, ARRAY_SIZE (ibm), kind);
}

/* How far arguments have come.  */
struct walk
{
  unsigned slot, fprs, vrs;
};

/* The float at VALUE in the format of double, as its register has it.  */
static FFITEST_UNUSED double
as_double (const unsigned char *value)
{
  double wide;
  __asm__("lfs %0, 0(%1)" : "=f"(wide) : "b"(value), "m"(*(const char (*)[4]) value));
  return wide;
}

/* A member of SIZE bytes in the next register; returns whether there was one.  */
static FFITEST_UNUSED int
put_member (struct image *image, struct walk *w, const unsigned char *value,
            unsigned size)
{
  if (size == 16)
    {
      if (w->vrs == ARGUMENT_VRS)
        return 0;
      put_state (image, image->state.vr[FIRST_VR + w->vrs++], value, size);
      return 1;
    }
  if (w->fprs == ARGUMENT_FPRS)
    return 0;
  double wide = size == 4 ? as_double (value) : 0;
  put_state (image, image->state.fpr[FIRST_FPR + w->fprs++],
             size == 4 ? (const void *) &wide : value, 8);
  return 1;
}

/* One part.  A slot with a member that has no register has all of its bytes.  */
static FFITEST_UNUSED void
put_members (struct image *image, struct walk *w, const unsigned char *value,
             const struct members *members, int named)
{
  size_t size = (size_t) members->count * members->size, done = 0;
  for (unsigned i = 0; i < members->count; i++)
    if (!named || !put_member (image, w, value + i * members->size, members->size))
      {
        size_t from = (size_t) i * members->size / WORD * WORD;
        if (from < done)
          continue;
        done = align_up ((size_t) (i + 1) * members->size, WORD);
        if (done > size)
          done = size;
        put_words (image, w->slot + (unsigned) (from / WORD), value + from, done - from);
      }
  w->slot += (unsigned) (align_up (size, WORD) / WORD);
}

/* --- Arguments ------------------------------------------------------------------ */

static FFITEST_UNUSED int
by_address (const struct kind *kind)
{
  return strchr ("wz", kind->letter) != NULL;
}

/* Whether KIND, of MEMBERS or null, starts at an even slot.  A complex number is no
   struct.  */
static FFITEST_UNUSED int
is_even (const struct signature *s, const struct kind *kind,
         const struct members *members)
{
  if (kind->type->type == FFI_TYPE_STRUCT && (s->abi & STRUCT_ALIGN) == 0)
    return 0;
  return kind->type->alignment == 16 && (members == NULL || members->size == 16);
}

static int
result_in_memory (const struct signature *s)
{
  const struct kind *kind = s->result;
  return by_address (kind) || (members_of (s, kind) == NULL && kind->type->size > 16);
}

static FFITEST_UNUSED void
place_argument (struct image *image, struct walk *w, const struct signature *s,
                unsigned i)
{
  const struct kind *kind = s->arguments[i];
  const struct members *members = members_of (s, kind);
  unsigned char word[WORD];
  if (by_address (kind))
    {
      put_copy (image, w->slot++, i);
      return;
    }
  if (is_even (s, kind, members))
    w->slot = (unsigned) align_up (w->slot, 2);
  if (members != NULL)
    for (unsigned part = 0; part < members->parts; part++)
      put_members (image, w, s->values[i] + part * members->count * members->size,
                   members, i < s->nfixed);
  else if (kind_is_integer (kind))
    {
      kind_widen (kind, s->values[i], word);
      put_words (image, w->slot++, word, WORD);
    }
  else
    {
      put_words (image, w->slot, s->values[i], kind->type->size);
      w->slot += (unsigned) (align_up (kind->type->size, WORD) / WORD);
    }
}

/* The arguments of S, with the result's address if it has one.  RECEIVING: the callee is
   the library.  There is a parameter save area if anything is in memory, or may be looked
   for there.  */
static FFITEST_UNUSED void
place_arguments (struct image *image, const struct signature *s, const void *result,
                 int receiving)
{
  struct walk w = { 0 };
  int area = s->nfixed != MAX_ARGUMENTS;
  memset (image, 0, sizeof *image);
  if (result_in_memory (s))
    put_address (image, w.slot++, result);
  for (unsigned i = 0; i < s->nargs; i++)
    place_argument (image, &w, s, i);
  for (unsigned i = 0; i < image->ncopies; i++)
    if (image->copies[i].word >= ARGUMENT_GPRS)
      area = 1;
  if (area || image->size != 0)
    image->size = w.slot > ARGUMENT_GPRS ? (size_t) WORD * w.slot : WORD * ARGUMENT_GPRS;
  image->own = image->size;
  if (receiving)
    place_copies (image, s, image->size);
}

/* The registers with the result of S in IMAGE; there is no x87.  A function returns the
   address of its result in memory, its callers do not rely on that.  */
static FFITEST_UNUSED void
place_result (struct image *image, const struct signature *s, const void *result,
              int receiving, unsigned *x87)
{
  const struct kind *kind = s->result;
  const struct members *members = members_of (s, kind);
  struct walk w = { 0 };
  unsigned char word[WORD];
  memset (image, 0, sizeof *image);
  *x87 = 0;
  if (members != NULL)
    for (unsigned i = 0; i < members->parts * members->count; i++)
      put_member (image, &w, s->returned + i * members->size, members->size);
  else if (result_in_memory (s) && !receiving)
    put_address (image, 0, result);
  else if (kind_is_integer (kind))
    {
      kind_widen (kind, s->returned, word);
      put_words (image, 0, word, WORD);
    }
  else if (kind->letter != 'v' && !result_in_memory (s))
    put_words (image, 0, s->returned, kind->type->size);
}

#endif
