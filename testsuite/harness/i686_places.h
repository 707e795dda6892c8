/* SPDX-License-Identifier: MIT */
/* Where the i386 conventions put arguments and results.  */

#ifndef I686_PLACES_H
#define I686_PLACES_H

/* --- Arguments ------------------------------------------------------------------- */

static FFITEST_UNUSED const struct machine_abi *
abi_of (const struct signature *s)
{
  const struct machine_abi *abi = machine_abis;
  while (abi->abi != s->abi)
    abi++;
  return abi;
}

/* SIZE bytes from word N on: of the registers, whose words are their numbers, then of the
   stack.  */
static FFITEST_UNUSED void
put_place (struct image *image, unsigned n, const void *bytes, size_t size)
{
  if (n < GPRS)
    put_state (image, &image->state.gpr[n], bytes, size);
  else
    put_stack (image, 4 * (size_t) (n - GPRS), bytes, size);
}

/* The bytes of a value as it is passed.  An integer narrower than int comes widened to
   that; who receives it cannot rely on that.  Returns how many are defined.  */
static FFITEST_UNUSED size_t
passed_bytes (const struct kind *kind, const unsigned char *value, int receiving,
              unsigned char *to)
{
  size_t size = kind->type == &ffi_type_longdouble ? 10 : kind->type->size;
  memcpy (to, value, size);
  if (receiving || !kind_is_integer (kind) || size >= 4)
    return size;
  int sign = kind_is_signed (kind) && (to[size - 1] & 0x80);
  memset (to + size, sign ? 0xff : 0, 4 - size);
  return 4;
}

static FFITEST_UNUSED int
is_struct (const struct kind *kind)
{
  return kind->type->type == FFI_TYPE_STRUCT;
}

/* GCC treats a struct of nothing but a floating-point number like that.  */
static FFITEST_UNUSED int
is_floating (const struct kind *kind)
{
  return strchr ("fdecCEoOmM", kind->letter) != NULL;
}

static int
result_in_memory (const struct signature *s)
{
  const struct kind *kind = s->result;
  size_t size = kind->type->size;
  if (is_struct (kind))
    return size > 8 || (size & (size - 1)) != 0 || (abi_of (s)->small & size) == 0;
  return kind->letter == 'C' || kind->letter == 'E';
}

/* Walks over the arguments in the order of their declaration.  */
struct walk
{
  const signed char *registers; /* that are left */
  size_t total;                 /* bytes of stack, if the first has the highest address */
  size_t at;                    /* bytes of stack so far */
  int descending;
};

/* The word in which a value of SIZE bytes of stack begins.  WORD: it may go to a
   register.  TAKES: words of registers that it uses up otherwise.  */
static FFITEST_UNUSED unsigned
next_place (struct walk *w, size_t size, int word, size_t takes)
{
  if (word && *w->registers != NO_GPR)
    return (unsigned) *w->registers++;
  for (; takes != 0 && *w->registers != NO_GPR; takes--)
    w->registers++;
  size_t offset = w->descending ? w->total - w->at - size : w->at;
  w->at += size;
  return GPRS + (unsigned) offset / 4;
}

static FFITEST_UNUSED void
put_hidden (struct image *image, struct walk *w, const void *result)
{
  image->hidden = next_place (w, 4, 1, 0);
  put_place (image, image->hidden, &result, 4);
}

/* Put all arguments where they go if there are TOTAL bytes on the stack; returns how
   many there are.  */
static FFITEST_UNUSED size_t
place_walk (struct image *image, const struct signature *s, const void *result,
            int receiving, size_t total)
{
  const struct machine_abi *abi = abi_of (s);
  static const signed char none[] = { NO_GPR };
  struct walk w
      = { s->nfixed == MAX_ARGUMENTS ? abi->registers : none, total, 0, abi->borland };
  memset (image, 0, sizeof *image);
  if (result_in_memory (s) && !abi->borland)
    put_hidden (image, &w, result);
  for (unsigned i = 0; i < s->nargs; i++)
    {
      const struct kind *kind = s->arguments[i];
      size_t size = align_up (kind->type->size, 4);
      unsigned char bytes[MAX_VALUE];
      const unsigned char *address = s->values[i];
      if (abi->borland && is_struct (kind) && kind->type->size > 4)
        {
          unsigned n = next_place (&w, 4, 1, 0);
          put_copy (image, n, i);
          if (receiving)
            put_place (image, n, &address, 4);
          continue;
        }
      int word = size == 4 && !is_struct (kind) && !is_floating (kind);
      unsigned n = next_place (&w, size, word,
                               abi->borland || is_floating (kind) ? 0 : size / 4);
      put_place (image, n, bytes, passed_bytes (kind, s->values[i], receiving, bytes));
    }
  if (result_in_memory (s) && abi->borland)
    put_hidden (image, &w, result);
  image->size = w.at;
  return w.at;
}

/* The arguments of S, with the result's address if it has one.  RECEIVING: the callee is
   the library, so nothing more than what the convention says may be defined.  */
static FFITEST_UNUSED void
place_arguments (struct image *image, const struct signature *s, const void *result,
                 int receiving)
{
  const struct machine_abi *abi = abi_of (s);
  int variadic = s->nfixed != MAX_ARGUMENTS;
  size_t total = 0;
  /* How much there is must be known before the first can be put above all others.  */
  if (abi->borland)
    total = place_walk (image, s, result, receiving, MAX_STACK);
  place_walk (image, s, result, receiving, total);
  if (abi->pops && !variadic)
    image->popped = image->size;
  else if (result_in_memory (s) && (variadic ? abi->variadic : abi->pops_hidden))
    image->popped = 4;
  image->own = image->popped;
}

/* The callee may overwrite all its arguments, and removes what its convention says.  */
static FFITEST_UNUSED void
give_arguments (const struct image *image)
{
  machine_trash_words = image->size / 4;
  machine_popped = image->popped;
  machine_hidden = image->hidden < GPRS ? &machine_seen.gpr[image->hidden]
                                        : &machine_seen_stack[image->hidden - GPRS];
}

/* The address of a result in memory may be any.  */
static FFITEST_UNUSED void
forget_result_address (struct image *image, const struct signature *s)
{
  if (!result_in_memory (s))
    return;
  if (image->hidden < GPRS)
    image->mask.gpr[image->hidden] = 0;
  else
    memset (image->stack_mask + 4 * (image->hidden - GPRS), 0, 4);
}

/* What COPY of IMAGE is, by its address in what the callee saw.  */
static const char *
copy_trouble (const struct image *image, const struct signature *s, unsigned copy)
{
  unsigned word = image->copies[copy].word, number = image->copies[copy].number;
  uintptr_t address
      = word < GPRS ? machine_seen.gpr[word] : machine_seen_stack[word - GPRS];
  /* No address of memory.  */
  if (address < 4096)
    return trouble ("argument %u: expected its address, got %#lx", number,
                    (unsigned long) address);
  return bytes_trouble ("copy of argument ", (int) number, (const void *) address,
                        s->values[number], NULL, s->arguments[number]->type->size);
}

/* What a callee saw against IMAGE.  */
static FFITEST_UNUSED const char *
arguments_trouble (const struct image *image, const struct signature *s)
{
  return passed_trouble (image, s);
}

/* --- Results --------------------------------------------------------------------- */

/* A floating-point number of KIND as the x87 has it.  */
static FFITEST_UNUSED void
put_x87 (struct image *image, const struct kind *kind, const unsigned char *value)
{
  long double number;
  float narrow;
  double wide;
  memcpy (&narrow, value, sizeof narrow);
  memcpy (&wide, value, sizeof wide);
  memcpy (&number, value, sizeof number);
  if (kind->letter == 'f')
    number = (long double) narrow;
  else if (kind->letter == 'd')
    number = (long double) wide;
  put_state (image, image->state.st[0], &number, 10);
}

/* The registers with the result of S in IMAGE; *X87 values are on the x87 stack.
   RECEIVING: by who cannot rely on a narrow integer being widened.  */
static FFITEST_UNUSED void
place_result (struct image *image, const struct signature *s, const void *result,
              int receiving, unsigned *x87)
{
  const struct kind *kind = s->result;
  unsigned char bytes[MAX_VALUE];
  memset (image, 0, sizeof *image);
  *x87 = 0;
  if (result_in_memory (s))
    {
      put_place (image, EAX, &result, 4);
      return;
    }
  if (kind->letter == 'v')
    return;
  if (strchr ("fde", kind->letter) != NULL)
    {
      *x87 = 1;
      put_x87 (image, kind, s->returned);
      return;
    }
  size_t size = passed_bytes (kind, s->returned, receiving, bytes);
  put_place (image, EAX, bytes, size < 4 ? size : 4);
  if (size > 4)
    put_place (image, EDX, bytes + 4, size - 4);
}

#endif
