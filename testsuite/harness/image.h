/* SPDX-License-Identifier: MIT */
/* An image of registers and stack, on any machine: making it so, and comparing.  Included
   by the machine's ..._places.h, which says what an image is, behind its
   registers_trouble and copy_trouble.  */

#ifndef IMAGE_H
#define IMAGE_H

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
