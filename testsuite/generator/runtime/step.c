/* SPDX-License-Identifier: MIT */
/* What every step does before and after it calls something.  */

#include "state.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

struct gen_place
gen_make_place (void)
{
  struct gen_place place = { NULL, NULL, 0 };
  size_t page = (size_t) sysconf (_SC_PAGESIZE);
  unsigned char *p = mmap (NULL, PLACE_SIZE + page, PROT_READ | PROT_WRITE,
                           MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  if (p == MAP_FAILED || mprotect (p + PLACE_SIZE, page, PROT_NONE) != 0)
    {
      perror ("mmap");
      exit (1);
    }
  place.end = p + PLACE_SIZE;
  return place;
}

/* Put poison at PLACE, for a value of SIZE bytes and around it.  Returns where the
   value belongs, which is aligned for every type of that size.  */
static unsigned char *
poison (struct gen_place *place, size_t size)
{
  size_t after = gen_now.prefilled ? GUARD : 0;
  size_t back
      = gen_now.prefilled && size < PLACE_SIZE / 2 ? PLACE_SIZE / 2 : size + after;
  unsigned char *value = place->end - back;

  memset (value - GUARD, POISON, GUARD + size + after);
  place->value = value;
  place->size = size;
  return value;
}

static void
check_guards (const char *what, int number, const struct gen_place *place)
{
  for (int i = -GUARD; i < (gen_now.prefilled ? GUARD : 0); i++)
    {
      const unsigned char *p = i < 0 ? place->value + i : place->value + place->size + i;
      if (*p != POISON)
        gen_fail ("%s %d: byte %d %s it was overwritten with %#x", what, number,
                  i < 0 ? -i : i + 1, i < 0 ? "before" : "after", *p);
    }
}

void
gen_begin_with (const char *name, bool junk)
{
  const struct gen_signature *s = gen_now.signature;

  gen_now.step = name;
  gen_now.junk = junk;
  gen_now.seen = 0;
  gen_now.result_width = 0;
  for (unsigned i = 0; i < s->nargs; i++)
    {
      const struct gen_type *type = s->args[i];
      memset (gen_now.want[i], POISON, type->size);
      gen_draw (type, gen_now.want[i]);
      unsigned char *value = poison (&gen_now.arg_places[i], type->size);
      memcpy (value, gen_now.want[i], type->size);
      gen_now.avalue[i] = gen_now.avalue_was[i] = gen_now.carried[i] = value;
      if (type->size == 2 && !is_integer (type))
        {
          /* On i386 GCC reads four bytes of a _Float16.  */
          memset (&gen_now.carriers[i], POISON, sizeof gen_now.carriers[i]);
          gen_now.carried[i] = memcpy (&gen_now.carriers[i], value, 2);
          continue;
        }
      /* Unnamed, an argument has no other type than its own.  */
      if (s->nfixed != 0 && i >= s->nfixed)
        continue;
      if (is_widened (type) || (s->float_carried && is_float (type)))
        {
          gen_now.carriers[i]
              = junk ? gen_with_junk (type, value) : gen_passed (type, value);
          gen_now.carried[i] = &gen_now.carriers[i];
        }
    }
  memset (gen_now.want_result, POISON, s->result->size + RESULT_SLACK);
  gen_draw (s->result, gen_now.want_result);
}

void
gen_begin (const char *name)
{
  gen_begin_with (name, true);
}

void *
gen_result_room (size_t width)
{
  const struct gen_type *type = gen_now.signature->result;
  size_t size = type->size;

  if (((is_integer (type) || type->kind == GEN_BITS) && size < width)
      || type->kind == GEN_VOID)
    size = width;
  gen_now.result_width = width;
  return poison (&gen_now.result_place, size);
}

static void
check_result (void)
{
  const struct gen_type *type = gen_now.signature->result;
  const unsigned char *result = gen_now.result_place.value;

  check_guards ("result", 0, &gen_now.result_place);
  if (type->kind != GEN_VOID)
    gen_check_value ("result", -1, type, gen_now.result_width, result,
                     gen_now.want_result);
  else
    for (size_t i = 0; i < gen_now.result_width; i++)
      if (result[i] != POISON)
        gen_fail ("byte %zu at rvalue was written to although the result is void", i);
}

void
gen_end (void)
{
  const struct gen_signature *s = gen_now.signature;

  gen_now.calls += gen_now.junk;
  if (gen_now.seen != 1)
    gen_fail ("the function was called %u times", gen_now.seen);
  for (unsigned i = 0; i < s->nargs; i++)
    {
      gen_check_value ("the caller's argument", (int) i, s->args[i], 0,
                       gen_now.avalue_was[i], gen_now.want[i]);
      check_guards ("the caller's argument", (int) i, &gen_now.arg_places[i]);
      if (gen_now.avalue[i] != gen_now.avalue_was[i])
        gen_fail ("avalue[%u] was changed", i);
    }
  if (gen_now.result_width != 0)
    check_result ();
}

void
gen_check_arguments (void **args, size_t width)
{
  const struct gen_signature *s = gen_now.signature;

  gen_now.seen++;
  for (unsigned i = 0; i < s->nargs; i++)
    gen_check_value ("argument", (int) i, s->args[i], width, args[i], gen_now.want[i]);
}

void *
gen_seen (void **seen)
{
  static _Alignas(64) unsigned char carrier[8 + RESULT_SLACK];
  const struct gen_type *type = gen_now.signature->result;
  uint64_t word;

  gen_check_arguments (seen, sizeof (uint64_t));
  if (!is_widened (type) && !(is_float (type) && gen_now.signature->float_carried))
    return gen_now.want_result;
  word = gen_now.junk ? gen_with_junk (type, gen_now.want_result)
                      : gen_passed (type, gen_now.want_result);
  memcpy (carrier, &word, 8);
  return carrier;
}
