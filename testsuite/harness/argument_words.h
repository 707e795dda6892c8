/* SPDX-License-Identifier: MIT */
/* For a processor on which arguments are words: the first ARGUMENT_GPRS are general
   registers from FIRST_GPR on, the others follow on the stack, where word
   FIRST_STACK_WORD is the first.  RESULT_ADDRESS is the register with the address of a
   result in memory.  Included by its CPU_places.h.  */

#ifndef ARGUMENT_WORDS_H
#define ARGUMENT_WORDS_H

/* SIZE bytes in word N, from its byte AT on.  */
static FFITEST_UNUSED void
put_in_word (struct image *image, unsigned n, size_t at, const void *bytes, size_t size)
{
  if (n < ARGUMENT_GPRS)
    put_state (image, (unsigned char *) &image->state.gpr[FIRST_GPR + n] + at, bytes,
               size);
  else
    put_stack (image, (size_t) WORD * (n - FIRST_STACK_WORD) + at, bytes, size);
}

/* SIZE bytes in the words from N on.  */
static FFITEST_UNUSED void
put_words (struct image *image, unsigned n, const void *bytes, size_t size)
{
  for (size_t done = 0; done < size; done += WORD)
    put_in_word (image, n++, 0, (const unsigned char *) bytes + done,
                 size - done < WORD ? size - done : WORD);
}

/* An address in word N.  */
static FFITEST_UNUSED void
put_address (struct image *image, unsigned n, const void *address)
{
  put_words (image, n, &address, WORD);
}

/* That address may be any.  */
static FFITEST_UNUSED void
forget_result_address (struct image *image, const struct signature *s)
{
  if (result_in_memory (s))
    image->mask.gpr[RESULT_ADDRESS] = 0;
}

/* Word N, in what a callee saw.  */
static FFITEST_UNUSED uintptr_t
address_seen (unsigned n)
{
  return n < ARGUMENT_GPRS ? machine_seen.gpr[FIRST_GPR + n]
                           : machine_seen_stack[n - FIRST_STACK_WORD];
}

#include "copies.h"

/* What a callee saw against IMAGE.  */
static FFITEST_UNUSED const char *
arguments_trouble (const struct image *image, const struct signature *s)
{
  return passed_trouble (image, s);
}

/* The callee may overwrite all its arguments on the stack, and the places there of those
   in registers.  */
static FFITEST_UNUSED void
give_arguments (const struct image *image)
{
  size_t least = (size_t) WORD * (ARGUMENT_GPRS - FIRST_STACK_WORD);
  machine_trash_words = (image->size > least ? image->size : least) / WORD;
}

/* Arguments of a C function.  */
static FFITEST_UNUSED size_t
pass_words (unsigned n, const uintptr_t *words, uintptr_t *stack)
{
  size_t size = 0;
  for (unsigned i = 0; i < n; i++)
    if (i < ARGUMENT_GPRS)
      machine_in.gpr[FIRST_GPR + i] = words[i];
    else
      {
        stack[i - ARGUMENT_GPRS] = words[i];
        size += WORD;
      }
  return size;
}

#endif
