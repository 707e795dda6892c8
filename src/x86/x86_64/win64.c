/* SPDX-License-Identifier: MIT */
/* Calls and closures by the Microsoft x64 convention.

   Every argument takes one word: its value if that has 1, 2, 4 or 8 bytes, otherwise
   the address of a copy.  The first four words travel in rcx, rdx, r8 and r9, or
   xmm0 to xmm3 if they are float or double, and have room on the stack all the same.
   What Microsoft does not define follows GCC's ms_abi, but for one thing: a long
   double result is in memory only under FFI_GNUW64, and in st(0) under FFI_WIN64,
   which is what clang does.  */

#include "internal.h"
#include <string.h>

enum
{
  HOME_WORDS = 4,
  COPY_ALIGN = 16
};

static bool
is_direct (const ffi_type *type)
{
  return type->size <= 8 && type->size != 0 && (type->size & (type->size - 1)) == 0;
}

/* Is an argument of TYPE the address of a copy?  */
static bool
is_copied (const ffi_type *type)
{
  return type->type != FFI_TYPE_VOID && !is_direct (type);
}

static bool
is_floating (const ffi_type *type)
{
  return type->type == FFI_TYPE_FLOAT || type->type == FFI_TYPE_DOUBLE;
}

static unsigned
result_code (const ffi_cif *cif)
{
  const ffi_type *type = cif->rtype;

  switch (type->type)
    {
    case FFI_TYPE_UINT128:
    case FFI_TYPE_SINT128:
      return RET_VECTOR16;
    case FFI_TYPE_LONGDOUBLE:
      return cif->abi == FFI_GNUW64 ? RET_MEMORY : RET_X87;
    case FFI_TYPE_VECTOR:
      if (type->size == 16)
        return RET_VECTOR16;
      break;
    case FFI_TYPE_STRUCT:
    case FFI_TYPE_COMPLEX:
      break;
    default:
      return ffi_scalar_result[type->type];
    }
  if (type->size == 0)
    return RET_VOID;
  if (!is_direct (type))
    return RET_MEMORY;
  return type->size == 8 ? RET_I64 : RET_I64 | FLAG_PARTIAL;
}

/* Walks over the arguments: words first, copies above them.  */
struct walk_win64
{
  size_t word;   /* offset of the next argument's word */
  size_t copies; /* end of the copies so far */
  size_t align;
};

/* Where the copies start.  */
static struct walk_win64
start_walk (const ffi_cif *cif)
{
  size_t hidden = (cif->flags & RET_MASK) == RET_MEMORY;
  size_t words = hidden;

  for (unsigned i = 0; i < cif->nargs; i++)
    words += cif->arg_types[i]->type != FFI_TYPE_VOID;
  if (words < HOME_WORDS)
    words = HOME_WORDS;
  return (struct walk_win64){ 8 * hidden, FFI_ALIGN_UP (8 * words, COPY_ALIGN),
                              COPY_ALIGN };
}

/* The offset of the copy of an argument of TYPE.  */
static size_t
next_copy (struct walk_win64 *w, const ffi_type *type)
{
  size_t align = type->alignment > COPY_ALIGN ? type->alignment : COPY_ALIGN;
  size_t offset = FFI_ALIGN_UP (w->copies, align);

  if (align > w->align)
    w->align = align;
  w->copies = offset + type->size;
  return offset;
}

ffi_status
ffi_prep_win64 (ffi_cif *cif)
{
  cif->flags = result_code (cif);
  struct walk_win64 w = start_walk (cif);

  for (unsigned i = 0; i < cif->nargs; i++)
    {
      if (is_copied (cif->arg_types[i]))
        next_copy (&w, cif->arg_types[i]);
      if (w.copies > FFI_MAX_ARG_SIZE)
        return FFI_BAD_TYPEDEF;
    }
  cif->bytes = FFI_ALIGN_UP (w.copies, w.align);
  cif->flags |= (unsigned) __builtin_ctzl (w.align) << FLAG_ALIGN_SHIFT;
  return FFI_OK;
}

void
ffi_marshal_win64 (const ffi_cif *cif, void **avalue, struct regs *regs, char *stack,
                   void *rvalue)
{
  struct walk_win64 w = start_walk (cif);

  (void) regs; /* They are loaded from the first words of the stack.  */
  if (w.word != 0)
    memcpy (stack, &rvalue, 8);
  for (unsigned i = 0; i < cif->nargs; i++)
    {
      const ffi_type *type = cif->arg_types[i];
      uint64_t *word = (uint64_t *) (stack + w.word);

      if (type->type == FFI_TYPE_VOID)
        continue;
      if (is_direct (type))
        *word = ffi_load_word (type, avalue[i]);
      else
        *word = (uintptr_t) memcpy (stack + next_copy (&w, type), avalue[i], type->size);
      w.word += 8;
    }
}

unsigned
ffi_closure_inner_win64 (ffi_cif *cif, ffi_handler fun, void *user_data, uint64_t *words,
                         uint64_t *floats, void *result)
{
  void *few[FFI_FEW_ARGS];
  void **args = FFI_ON_STACK (few, cif->nargs * sizeof (void *));
  unsigned code = cif->flags & RET_MASK, n = 0;

  if (code == RET_MEMORY)
    result = *(void **) result = (void *) (uintptr_t) words[n++];
  for (unsigned i = 0; i < cif->nargs; i++)
    {
      const ffi_type *type = cif->arg_types[i];
      if (is_copied (type))
        args[i] = (void *) (uintptr_t) words[n];
      else
        args[i] = n < HOME_WORDS && is_floating (type) ? &floats[n] : &words[n];
      n += type->type != FFI_TYPE_VOID;
    }
  fun (cif, result, args, user_data);
  return code;
}
