/* SPDX-License-Identifier: MIT */
/* Values: drawn at random, compared, widened.  */

#include "state.h"
#include <stdio.h>
#include <string.h>

struct gen_state gen_now;
uint64_t gen_random_state;

static uint64_t
random_bits (void)
{
  uint64_t z = gen_random_state += 0x9e3779b97f4a7c15;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

void
gen_fail (const char *format, ...)
{
  va_list list;

  if (gen_now.failed)
    return;
  gen_now.failed = true;
  printf ("FAILED: signature %u: %s: %s, types %s: ", gen_now.index,
          gen_now.signature->text, gen_now.step,
          gen_now.prefilled ? "with sizes" : "laid out by the library");
  va_start (list, format);
  vprintf (format, list);
  va_end (list);
  printf ("\n");
  fflush (stdout);
}

static void
draw_scalar (const struct gen_type *type, unsigned char *p)
{
  for (size_t i = 0; i < type->bytes; i++)
    p[i] = (unsigned char) random_bits ();
  if (type->kind == GEN_FLOATING && type->bytes == 10)
    {
      /* A valid one: not a denormal, and its integer bit is set.  */
      p[7] |= 0x80;
      p[8] |= 1;
    }
#ifdef __arm__
  /* clang 14 makes quiet NaNs of signalling ones.  */
  if (type->kind == GEN_NUMBER && type->bytes == 2)
    p[1] |= 2;
#endif
#ifdef __i386__
  /* Where floats travel through the x87 stack, no NaN stays a signalling one.  */
  if (type->kind == GEN_FLOATING && type->bytes != 10)
    p[type->bytes - 2] |= type->bytes == 4 ? 0x40 : 0x08;
#endif
}

void
gen_draw (const struct gen_type *type, unsigned char *p)
{
  if (type->nmembers == 0)
    draw_scalar (type, p);
  for (const struct gen_member *m = type->members; m < type->members + type->nmembers;
       m++)
    for (unsigned i = 0; i < m->count; i++)
      gen_draw (m->type, p + m->offset + i * m->type->size);
}

/* The offset at which GOT differs from WANT, both of TYPE, or -1.  */
static long
difference (const struct gen_type *type, const unsigned char *got,
            const unsigned char *want)
{
  if (type->nmembers == 0)
    {
      for (size_t i = 0; i < type->bytes; i++)
        if (got[i] != want[i])
          return (long) i;
      return -1;
    }
  for (const struct gen_member *m = type->members; m < type->members + type->nmembers;
       m++)
    for (unsigned i = 0; i < m->count; i++)
      {
        size_t at = m->offset + i * m->type->size;
        long d = difference (m->type, got + at, want + at);
        if (d >= 0)
          return (long) at + d;
      }
  return -1;
}

uint64_t
gen_widened (const struct gen_type *type, const void *p)
{
  int8_t s8;
  int16_t s16;
  int32_t s32;
  uint64_t word;

  switch (type->size)
    {
    case 1:
      memcpy (&s8, p, 1);
      return type->kind == GEN_SIGNED ? (uint64_t) s8 : (uint8_t) s8;
    case 2:
      memcpy (&s16, p, 2);
      return type->kind == GEN_SIGNED ? (uint64_t) s16 : (uint16_t) s16;
    case 4:
      memcpy (&s32, p, 4);
      return type->kind == GEN_SIGNED ? (uint64_t) s32 : (uint32_t) s32;
    default:
      memcpy (&word, p, 8);
      return word;
    }
}

uint64_t
gen_passed (const struct gen_type *type, const void *p)
{
  uint64_t word = gen_widened (type, p);

#ifdef __riscv
  if (type->size == 4)
    return (uint64_t) (int32_t) word;
#endif
  return word;
}

uint64_t
gen_with_junk (const struct gen_type *type, const void *p)
{
#ifdef __arm__
  /* Here both sides rely on what the other widens.  */
  if (is_integer (type))
    return gen_widened (type, p);
#endif
  uint64_t junk = random_bits () << (8 * type->size);
  uint32_t bits;

  if (is_integer (type))
    return junk | (gen_widened (type, p) & (((uint64_t) 1 << (8 * type->size)) - 1));
  memcpy (&bits, p, 4);
  return junk | bits;
}

/* The unsigned integer of SIZE bytes, 4 or 8, at P.  */
static uint64_t
word_at (const void *p, size_t size)
{
  uint32_t half;
  uint64_t word;

  memcpy (size == 4 ? (void *) &half : (void *) &word, p, size);
  return size == 4 ? half : word;
}

void
gen_check_value (const char *what, int number, const struct gen_type *type, size_t width,
                 const void *got, const void *want)
{
  char label[32];

  gen_now.values += gen_now.junk;
  snprintf (label, sizeof label, number < 0 ? "%s" : "%s %d", what, number);
  if (is_integer (type) && type->size < width)
    {
      uint64_t g = word_at (got, width);
      uint64_t w = gen_widened (type, want) & (width == 4 ? UINT32_MAX : UINT64_MAX);
      if (g != w)
        gen_fail ("%s: expected %#llx, got %#llx", label, (unsigned long long) w,
                  (unsigned long long) g);
      return;
    }
  long at = difference (type, got, want);
  if (at >= 0)
    gen_fail ("%s: byte %ld of %zu: expected %#x, got %#x", label, at, type->size,
              ((const unsigned char *) want)[at], ((const unsigned char *) got)[at]);
}
