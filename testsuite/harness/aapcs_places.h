/* SPDX-License-Identifier: MIT */
/* Where the procedure call standards of the two Arm architectures put arguments and
   results; what differs between them is in CPU_state.h.  A model of its own: nothing
   here comes from the library.  */

#ifndef AAPCS_PLACES_H
#define AAPCS_PLACES_H

enum
{
  WORD = sizeof (uintptr_t),
  MAX_STACK = WORD * MACHINE_STACK_WORDS
};

/* A call at the callee's first instruction.  Bytes that the convention defines have a
   mask of 0xff.  */
struct image
{
  struct machine_state state, mask;
  unsigned char stack[MAX_STACK], stack_mask[MAX_STACK];
  size_t size;   /* of the stack arguments and copies */
  size_t popped; /* of these, removed by the callee: none */
  size_t own;    /* of these, the callee's to write: nothing that the library needs */
  /* Arguments that are passed by address, and the words with their addresses: those of
     the stack come after those of registers.  */
  struct
  {
    unsigned word, number;
  } copies[MAX_ARGUMENTS];
  unsigned ncopies;
};

static FFITEST_UNUSED size_t
align_up (size_t n, size_t align)
{
  return (n + align - 1) & -align;
}

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

/* The words from N on, of the integer registers and what follows them on the stack.  */
static FFITEST_UNUSED void
put_words (struct image *image, unsigned n, const void *bytes, size_t size)
{
  const unsigned char *from = bytes;
  size_t in_registers = n < ARGUMENT_GPRS ? (size_t) WORD * (ARGUMENT_GPRS - n) : 0;
  if (in_registers > size)
    in_registers = size;
  memcpy (image->state.gpr + n, from, in_registers);
  memset (image->mask.gpr + n, 0xff, in_registers);
  if (in_registers < size)
    put_stack (image, n < ARGUMENT_GPRS ? 0 : (size_t) WORD * (n - ARGUMENT_GPRS),
               from + in_registers, size - in_registers);
}

/* COUNT members of SIZE bytes, the first in vector register N.  */
static FFITEST_UNUSED void
put_members (struct image *image, unsigned n, const void *bytes, unsigned count,
             unsigned size)
{
  for (unsigned i = 0; i < count; i++)
    {
      size_t at = member_at (n, i, size);
      memcpy ((unsigned char *) image->state.vector + at,
              (const unsigned char *) bytes + i * size, size);
      memset ((unsigned char *) image->mask.vector + at, 0xff, size);
    }
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
    { 'f', 1, 4 }, { 'd', 1, 8 }, { 'e', 1, LONG_DOUBLE }, { 'D', 2, 8 },
    { 'o', 1, 4 }, { 'F', 3, 4 }, { 'O', 1, LONG_DOUBLE }, { 'c', 2, 4 },
    { 'C', 2, 8 }, { 's', 1, 8 }, { 't', 1, 16 },          { 'E', 2, LONG_DOUBLE },
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

static FFITEST_UNUSED int
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
      image->copies[image->ncopies].word = take_words (w, WORD, WORD, may_split);
      image->copies[image->ncopies++].number = i;
      return;
    }
  size_t size = passed_bytes (kind, s->values[i], bytes);
  put_words (image, take_words (w, size, kind->type->alignment, may_split), bytes, size);
}

/* Put the values of COPIES behind the stack arguments, and their addresses where they
   belong.  */
static FFITEST_UNUSED void
place_copies (struct image *image, const struct signature *s, size_t top)
{
  for (unsigned i = 0; i < image->ncopies; i++)
    {
      unsigned number = image->copies[i].number;
      const ffi_type *type = s->arguments[number]->type;
      top = align_up (top, type->alignment < 16 ? 16 : type->alignment);
      unsigned char *copy = stack_arguments () + top;
      put_stack (image, top, s->values[number], type->size);
      put_words (image, image->copies[i].word, &copy, WORD);
      top += type->size;
    }
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
      memcpy (&image->state.gpr[RESULT_ADDRESS], &result, WORD);
      memset (&image->mask.gpr[RESULT_ADDRESS], 0xff, WORD);
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

/* The callee may overwrite all its arguments.  */
static FFITEST_UNUSED void
give_arguments (const struct image *image)
{
  machine_trash_words = image->size / WORD;
}

/* The address of a result in memory may be any.  */
static FFITEST_UNUSED void
forget_result_address (struct image *image, const struct signature *s)
{
  if (result_in_memory (s))
    image->mask.gpr[RESULT_ADDRESS] = 0;
}

/* STATE against the defined registers of IMAGE.  */
static FFITEST_UNUSED const char *
registers_trouble (const struct image *image, const struct machine_state *state)
{
  const char *wrong = NULL;
  for (unsigned i = 0; i < GPRS && wrong == NULL; i++)
    wrong = bytes_trouble (gpr_names[i], -1, &state->gpr[i], &image->state.gpr[i],
                           &image->mask.gpr[i], WORD);
  for (unsigned i = 0; i < VECTORS && wrong == NULL; i++)
    wrong = bytes_trouble (VECTOR_NAME, (int) i, state->vector[i], image->state.vector[i],
                           image->mask.vector[i], VECTOR_SIZE);
  return wrong;
}

/* A copy of an argument, in what the callee saw.  */
static FFITEST_UNUSED const char *
copy_trouble (const struct image *image, const struct signature *s, unsigned copy)
{
  unsigned word = image->copies[copy].word, number = image->copies[copy].number;
  const ffi_type *type = s->arguments[number]->type;
  uintptr_t address = word < ARGUMENT_GPRS ? machine_seen.gpr[word]
                                           : machine_seen_stack[word - ARGUMENT_GPRS];
  uintptr_t stack = machine_seen.gpr[SP];
  if (address % type->alignment != 0)
    return trouble ("address of argument %u: expected a multiple of %u, got %#lx", number,
                    type->alignment, (unsigned long) address);
  if (address < stack || address + type->size > stack + sizeof machine_seen_stack)
    return trouble ("argument %u: expected a copy on the stack, got address %#lx", number,
                    (unsigned long) address);
  return bytes_trouble ("copy of argument ", (int) number,
                        (unsigned char *) machine_seen_stack + (address - stack),
                        s->values[number], NULL, type->size);
}

#include "image.h"

/* What a callee saw against IMAGE.  */
static FFITEST_UNUSED const char *
arguments_trouble (const struct image *image, const struct signature *s)
{
  return passed_trouble (image, s);
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

/* --- What is passed otherwise ------------------------------------------------------ */

/* Arguments of a C function.  */
static FFITEST_UNUSED size_t
pass_words (unsigned n, const uintptr_t *words, uintptr_t *stack)
{
  size_t size = 0;
  for (unsigned i = 0; i < n; i++)
    if (i < ARGUMENT_GPRS)
      machine_in.gpr[i] = words[i];
    else
      {
        stack[i - ARGUMENT_GPRS] = words[i];
        size += WORD;
      }
  return size;
}

static FFITEST_UNUSED int
has_static_chain (const struct machine_abi *abi)
{
  return abi != NULL;
}

static FFITEST_UNUSED void
pass_static_chain (const struct machine_abi *abi, const void *chain)
{
  (void) abi;
  machine_in.gpr[CHAIN] = (uintptr_t) chain;
}

static FFITEST_UNUSED const void *
static_chain_seen (const struct machine_abi *abi)
{
  (void) abi;
  return (const void *) machine_seen.gpr[CHAIN];
}

static FFITEST_UNUSED int
has_variadic_functions (const struct machine_abi *abi)
{
  return abi != NULL;
}

/* At the first instruction of a callee or handler: it may be at most BOUND bytes below
   its caller's caller.  */
static FFITEST_UNUSED const char *
entry_trouble (size_t bound)
{
  uintptr_t depth = (uintptr_t) stack_arguments () - machine_seen.gpr[SP];
  if (machine_seen.gpr[SP] == 0)
    return trouble ("expected to be called, got no call");
  if (machine_seen.gpr[SP] % (2 * WORD) != 0)
    return trouble ("sp at entry: expected a multiple of %d, got %#lx", 2 * WORD,
                    (unsigned long) machine_seen.gpr[SP]);
  if (depth > bound)
    return trouble ("stack used: expected at most %zu bytes, got %zu", bound,
                    (size_t) depth);
  return control_trouble ("at entry", &machine_seen);
}

#endif
