/* SPDX-License-Identifier: MIT */
/* The arguments of a closure: pointing at values in their locations, and calling the
   handler.  The port's classify.h, which is inlined here, says where they are.  */

#include "locate.h"
#include "port.h"
#include "raw.h"

/* Put the members of a value of TYPE in LOC next to each other, where the first is.  */
FFI_INLINE char *
join_fprs (const struct ffi_frame *f, struct ffi_loc loc)
{
  char *fpr = fpr_of (f, loc);

  if (is_adjacent (f, loc))
    return fpr + FPR_PART (loc.size);
  /* Two of them fit into the stride.  */
  for (unsigned i = FPR_PART (loc.size) == 0; i < loc.count; i++)
    copy (fpr + i * loc.size, fpr + i * f->stride + FPR_PART (loc.size), loc.size);
  return fpr;
}

#ifndef PORT_JOINED_SIZE
#define PORT_JOINED_SIZE 16
#endif

/* Room for a value whose registers are not next to each other, or that has more bytes
   than they.  */
struct joined
{
  _Alignas(16) char bytes[PORT_JOINED_SIZE];
};

FFI_INLINE char *
join (struct joined *room, const char *first, const char *second, unsigned offset)
{
  memcpy (room->bytes, first, 8);
  memcpy (room->bytes + offset, second, 8);
  return room->bytes;
}

/* Whether a value of TYPE may want more alignment than a word has.  */
FFI_INLINE bool
may_be_misaligned (const ffi_type *type)
{
  const size_t scalar = _Alignof(struct {
    long double a;
    long long b;
  });

  return type->alignment > WORD || (scalar > WORD && type->size > WORD);
}

/* Where a value of TYPE is that was passed in LOC; *JOINED is room for it, if needed.
   Bits of its address that its alignment does not allow are added to *WRONG.  */
FFI_INLINE char *
value_in (const struct ffi_frame *f, struct ffi_loc loc, const ffi_type *type,
          struct joined **joined, uintptr_t *wrong)
{
  char *value;

  switch (loc.kind)
    {
    case LOC_FPR:
      value = join_fprs (f, loc);
      break;
#if PORT_MIXES
    case LOC_GPR_FPR:
      value = join ((*joined)++, word_of (f, loc), fpr_of (f, loc), loc.second);
      break;
    case LOC_FPR_GPR:
      value = join ((*joined)++, fpr_of (f, loc), word_of (f, loc), loc.second);
      break;
#endif
#if PORT_MIXES > 1
    case LOC_FPR_FPR:
      value = fpr_of (f, loc);
      if (loc.second != f->stride)
        value = join ((*joined)++, value, value + f->stride, loc.second);
      break;
#endif
#if PORT_OTHERS
    case LOC_OTHER:
      value = ffi_port_value (f, loc, type);
      break;
#endif
    case LOC_NONE:
      return word_of (f, loc);
    default:
      value = word_of (f, loc);
      if (unlikely (loc.by_address))
        {
          value = *(char **) value;
          *wrong |= (uintptr_t) value & (type->alignment - 1u);
          return value;
        }
      value += start_in_word (loc, type);
    }
  if (PORT_PADS && unlikely (loc.padded))
    value = join ((*joined)++, value, loc.count == 1 ? value : value + 8, 8);
  if (unlikely (may_be_misaligned (type)))
    *wrong |= (uintptr_t) value & (ffi_alignment_of (type) - 1);
  return value;
}

/* Point ARGS at the arguments of CIF in F; *MISALIGNED is set if one wants more alignment
   than it has there.  Returns where the result belongs: RESULT, or where the caller said,
   which is then stored at RESULT.  */
FFI_INLINE void *
collect_by (const ffi_cif *cif, const struct ffi_frame *f, void **args, void *result,
            struct joined *joined, bool *misaligned, unsigned variant)
{
  const bool in_memory = (cif->flags & RET_MASK) == RET_MEMORY;
  ffi_type **types = cif->arg_types, **end = types + cif->nargs;
  uintptr_t wrong = 0;
  struct ffi_assign a;

  ffi_port_start (&a, cif, variant);
  const unsigned sret = a.sret;
  if (sret == SRET_FIRST)
    *(void **) result = *(void **) word_of (f, ffi_port_sret (&a));
  for (; types != end; types++)
    {
      char *words = ffi_port_next_words (&a, f, *types, variant);
      if (unlikely (words == NULL))
        words
            = value_in (f, ffi_port_next (&a, *types, variant), *types, &joined, &wrong);
      else if ((*types)->type == FFI_TYPE_FLOAT)
        ffi_port_load_float (f, words);
      *args++ = words;
    }
  if (sret == SRET_LAST)
    *(void **) result = *(void **) word_of (f, ffi_port_sret (&a));
  *misaligned = wrong != 0;
  return in_memory ? *(void **) result : result;
}

/* Call the handler FUN with copies of those ARGS that want more alignment than they have.
 */
void ffi_handle_aligned (ffi_cif *cif, void *result, void **args, void *user_data,
                         ffi_handler fun);

void
ffi_handle_aligned (ffi_cif *cif, void *result, void **args, void *user_data,
                    ffi_handler fun)
{
  for (unsigned i = 0; i < cif->nargs; i++)
    {
      const ffi_type *type = cif->arg_types[i];
      if (((uintptr_t) args[i] & (ffi_alignment_of (type) - 1)) != 0)
        args[i] = FFI_ALIGNED_COPY (type, args[i]);
    }
  fun (cif, result, args, user_data);
}

/* Collect the arguments of a closure call of VARIANT, a constant, and call its handler.
   Returns how the entry goes on.  */
FFI_INLINE ffi_leave
call_handler (ffi_cif *cif, ffi_handler fun, void *user_data, char *regs, char *stack,
              void *result, unsigned variant)
{
  const struct ffi_frame f = ffi_port_entry_frame (cif, regs, stack, variant);
  /* The handler may free the closure and with it the cif.  */
  const ffi_leave leave = ffi_port_leave (cif);
  void *few[FFI_FEW_ARGS];
  void **args = FFI_ON_STACK (few, cif->nargs * sizeof (void *));
  struct joined joined[PORT_JOINED];
  bool misaligned;
  void *memory = collect_by (cif, &f, args, result, joined, &misaligned, variant);

  if (unlikely (misaligned))
    ffi_handle_aligned (cif, memory, args, user_data, fun);
  else
    fun (cif, memory, args, user_data);
  return leave;
}

/* What the entry code of closures of variant 0, or 1, calls, with the registers that it
   saved, the stack arguments and room for the result; where that belongs, in there, if an
   own register said it.  */
PORT_INNER ffi_closure_inner (ffi_cif *cif, ffi_handler fun, void *user_data, char *regs,
                              char *stack, void *result);
PORT_INNER ffi_closure_inner_1 (ffi_cif *cif, ffi_handler fun, void *user_data,
                                char *regs, char *stack, void *result);

PORT_INNER
ffi_closure_inner (ffi_cif *cif, ffi_handler fun, void *user_data, char *regs,
                   char *stack, void *result)
{
  return call_handler (cif, fun, user_data, regs, stack, result, 0);
}

#if PORT_VARIANTS > 1
PORT_INNER
ffi_closure_inner_1 (ffi_cif *cif, ffi_handler fun, void *user_data, char *regs,
                     char *stack, void *result)
{
  return call_handler (cif, fun, user_data, regs, stack, result, 1);
}
#endif

#if FFI_NATIVE_RAW_API
/* collect_by for the variant of CIF, of which each has a copy of the code.  */
static void *
collect (const ffi_cif *cif, const struct ffi_frame *f, void **args, void *result,
         struct joined *joined, bool *misaligned)
{
  if (PORT_VARIANTS > 1 && ffi_port_variant (cif) != 0)
    return collect_by (cif, f, args, result, joined, misaligned, 1);
  return collect_by (cif, f, args, result, joined, misaligned, 0);
}

typedef void (*ffi_raw_handler) (ffi_cif *, void *, ffi_raw *, void *);

/* What the entry of raw closures calls: FUN gets the arguments as a block of words.  */
PORT_INNER ffi_raw_inner (ffi_cif *cif, ffi_raw_handler fun, void *user_data, char *regs,
                          char *stack, void *result);

PORT_INNER
ffi_raw_inner (ffi_cif *cif, ffi_raw_handler fun, void *user_data, char *regs,
               char *stack, void *result)
{
  const struct ffi_frame f
      = ffi_port_entry_frame (cif, regs, stack, ffi_port_variant (cif));
  void *few[FFI_FEW_ARGS];
  void **args = FFI_ON_STACK (few, cif->nargs * sizeof (void *));
  struct joined joined[PORT_JOINED];
  bool misaligned;
  void *memory = collect (cif, &f, args, result, joined, &misaligned);
  size_t size = ffi_raw_block_size (cif, ffi_raw_words);
  ffi_raw few_words[FFI_FEW_ARGS];
  ffi_raw *raw = FFI_ON_STACK (few_words, size);

  ffi_raw_pack (cif, args, raw, size, ffi_raw_words);
  const ffi_leave leave = ffi_port_leave (cif);
  fun (cif, memory, raw, user_data);
  return leave;
}
#endif
