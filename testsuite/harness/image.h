/* SPDX-License-Identifier: MIT */
/* An image of registers and stack at a callee's first instruction, or after its return,
   on any machine: making it, making it so, and comparing.  What belongs into it only
   CPU_places.h says.  */

#ifndef IMAGE_H
#define IMAGE_H

/* Bytes that the convention defines have a mask of 0xff.  */
struct image
{
  struct machine_state state, mask;
  unsigned char stack[MAX_STACK], stack_mask[MAX_STACK];
  size_t size;   /* of the stack arguments and copies */
  size_t popped; /* of these, removed by the callee */
  size_t own;    /* of these, the callee's to write, as far as the library needs that */
  /* Arguments that are passed by address, and the words with their addresses, as the
     machine numbers words.  */
  struct
  {
    unsigned word, number;
  } copies[MAX_ARGUMENTS];
  unsigned ncopies;
#ifdef IMAGE_MORE
  IMAGE_MORE
#endif
};

/* Whether the result of S is returned in memory, whose address is passed: the
   convention's.  */
static int result_in_memory (const struct signature *s);

/* --- Making an image -------------------------------------------------------------- */

static FFITEST_UNUSED size_t
align_up (size_t n, size_t align)
{
  return (n + align - 1) & -align;
}

/* Define SIZE bytes at AT, which is in IMAGE->state.  */
static FFITEST_UNUSED void
put_state (struct image *image, void *at, const void *bytes, size_t size)
{
  size_t offset = (size_t) ((unsigned char *) at - (unsigned char *) &image->state);
  memcpy (at, bytes, size);
  memset ((unsigned char *) &image->mask + offset, 0xff, size);
}

/* Define SIZE bytes of the stack arguments.  */
static FFITEST_UNUSED void
put_stack (struct image *image, size_t at, const void *bytes, size_t size)
{
  if (at + size > MAX_STACK)
    ffitest_fail (__FILE__, __LINE__, "too many stack arguments");
  memcpy (image->stack + at, bytes, size);
  memset (image->stack_mask + at, 0xff, size);
  if (image->size < at + size)
    image->size = align_up (at + size, WORD);
}

/* WORD has the address of argument NUMBER.  */
static FFITEST_UNUSED void
put_copy (struct image *image, unsigned word, unsigned number)
{
  image->copies[image->ncopies].word = word;
  image->copies[image->ncopies++].number = number;
}

/* --- Making it so --------------------------------------------------------------- */

/* The state before a call of anything.  */
static FFITEST_UNUSED void
junk_registers (void)
{
  junk_state (&machine_in);
  junk_state (&machine_give);
  memset (&machine_seen, 0, sizeof machine_seen);
  machine_x87_results = machine_x87_given = 0;
  machine_memory_bytes = 0;
  machine_trash_words = 0;
}

/* Put the defined bytes of IMAGE into STATE, and junk and the defined bytes of its stack
   to STACK.  */
static FFITEST_UNUSED void
apply_image (const struct image *image, struct machine_state *state, unsigned char *stack)
{
  const unsigned char *from = (const unsigned char *) &image->state;
  const unsigned char *mask = (const unsigned char *) &image->mask;
  unsigned char *to = (unsigned char *) state;
  for (size_t i = 0; i < sizeof *state; i++)
    to[i] = (unsigned char) ((to[i] & ~mask[i]) | (from[i] & mask[i]));
  junk_fill (stack, image->size);
  for (size_t i = 0; i < image->size; i++)
    if (image->stack_mask[i])
      stack[i] = image->stack[i];
}

/* --- Comparing ------------------------------------------------------------------ */

/* The defined registers of IMAGE in STATE.  */
static FFITEST_UNUSED const char *
registers_trouble (const struct image *image, const struct machine_state *state)
{
  const char *wrong = NULL;
  for (size_t k = 0; k < ARRAY_SIZE (machine_registers); k++)
    for (unsigned i = 0; i < machine_registers[k].count && wrong == NULL; i++)
      {
        const struct registers *r = &machine_registers[k];
        size_t at = r->at + (size_t) i * r->size;
        wrong = bytes_trouble (r->names != NULL ? r->names[i] : r->name,
                               r->names != NULL ? -1 : (int) i,
                               (const unsigned char *) state + at,
                               (const unsigned char *) &image->state + at,
                               (const unsigned char *) &image->mask + at, r->size);
      }
  return wrong;
}

/* A copy of an argument, in what the callee saw: the machine's.  */
static const char *copy_trouble (const struct image *image, const struct signature *s,
                                 unsigned copy);

/* The registers, the stack and the copies that a callee saw against IMAGE.  */
static FFITEST_UNUSED const char *
passed_trouble (const struct image *image, const struct signature *s)
{
  const char *wrong = registers_trouble (image, &machine_seen);
  if (wrong == NULL)
    wrong = bytes_trouble ("stack arguments", -1, machine_seen_stack, image->stack,
                           image->stack_mask, image->size);
  for (unsigned i = 0; i < image->ncopies && wrong == NULL; i++)
    wrong = copy_trouble (image, s, i);
  return wrong;
}

#endif
