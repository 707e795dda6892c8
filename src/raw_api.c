/* SPDX-License-Identifier: MIT */
/* Arguments as one block of words, translated to and from ffi_call's array of
   pointers.  */

#include "raw.h"
#include <string.h>

/* Structs and complex numbers are passed by address, unless the block is to look like
   the stack.  */
static FFI_COLD bool
by_address (const ffi_type *type)
{
  return !FFI_NATIVE_RAW_API
         && (type->type == FFI_TYPE_STRUCT || type->type == FFI_TYPE_COMPLEX);
}

/* A void argument has one word all the same, as with released libffis, unless the block
   is to look like the stack.  */
FFI_COLD size_t
ffi_raw_words (const ffi_type *type)
{
  if (type->type == FFI_TYPE_VOID)
    return !FFI_NATIVE_RAW_API;
  return by_address (type) ? 1 : (type->size + sizeof (ffi_raw) - 1) / sizeof (ffi_raw);
}

FFI_COLD size_t
ffi_raw_block_size (const ffi_cif *cif, ffi_word_count words)
{
  size_t n = 0;

  for (unsigned i = 0; i < cif->nargs; i++)
    n += words (cif->arg_types[i]);
  return n * sizeof (ffi_raw);
}

/* The TYPE at VALUE, which need not be aligned.  */
#define READ(type)                                                                       \
  (((const struct __attribute__ ((packed, may_alias)) { type v; } *) value)->v)

/* Store the TYPE at VALUE in the N words at RAW.  */
static FFI_COLD void
pack_value (const ffi_type *type, void *value, ffi_raw *raw, size_t n)
{
  size_t size = type->size;

  if (n == 0)
    return;
  switch (type->type)
    {
    case FFI_TYPE_VOID:
      break;
    case FFI_TYPE_UINT8:
      raw->uint = READ (uint8_t);
      break;
    case FFI_TYPE_SINT8:
      raw->sint = READ (int8_t);
      break;
    case FFI_TYPE_UINT16:
      raw->uint = READ (uint16_t);
      break;
    case FFI_TYPE_SINT16:
      raw->sint = READ (int16_t);
      break;
    case FFI_TYPE_UINT32:
      raw->uint = READ (uint32_t);
      break;
    case FFI_TYPE_INT:
    case FFI_TYPE_SINT32:
      raw->sint = READ (int32_t);
      break;
    default:
      if (by_address (type))
        raw->ptr = value;
      else
        memcpy (raw->data, value, size < n * sizeof *raw ? size : n * sizeof *raw);
    }
}

FFI_COLD void
ffi_raw_pack (const ffi_cif *cif, void **args, ffi_raw *raw, size_t size,
              ffi_word_count words)
{
  size_t left = size / sizeof *raw;

  for (unsigned i = 0; i < cif->nargs; i++)
    {
      size_t n = words (cif->arg_types[i]);
      if (n > left)
        return;
      pack_value (cif->arg_types[i], args[i], raw, n);
      raw += n;
      left -= n;
    }
}

/* Where a value of TYPE lies in RAW, to which pack_value stored it.  */
static FFI_COLD char *
value_in (const ffi_type *type, ffi_raw *raw)
{
  bool integer = type->type == FFI_TYPE_INT
                 || (type->type >= FFI_TYPE_UINT8 && type->type <= FFI_TYPE_SINT64);

  if (by_address (type))
    return raw->ptr;
  /* A narrow integer fills the word.  */
  if (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__ && integer && type->size < sizeof *raw)
    return raw->data + sizeof *raw - type->size;
  return raw->data;
}

FFI_COLD void
ffi_raw_unpack (const ffi_cif *cif, ffi_raw *raw, void **args, ffi_word_count words)
{
  for (unsigned i = 0; i < cif->nargs; i++)
    {
      const ffi_type *type = cif->arg_types[i];
      args[i] = value_in (type, raw);
      raw += words (type);
    }
}

size_t
ffi_raw_size (ffi_cif *cif)
{
  return ffi_raw_block_size (cif, ffi_raw_words);
}

void
ffi_ptrarray_to_raw (ffi_cif *cif, void **args, ffi_raw *raw)
{
  ffi_raw_pack (cif, args, raw, SIZE_MAX, ffi_raw_words);
}

void
ffi_raw_to_ptrarray (ffi_cif *cif, ffi_raw *raw, void **args)
{
  ffi_raw_unpack (cif, raw, args, ffi_raw_words);
}

void
ffi_raw_call (ffi_cif *cif, void (*fn) (void), void *rvalue, ffi_raw *avalue)
{
  void *few[FFI_FEW_ARGS];
  void **args = FFI_ON_STACK (few, cif->nargs * sizeof (void *));

  ffi_raw_unpack (cif, avalue, args, ffi_raw_words);
  ffi_call (cif, fn, rvalue, args);
}

#if !FFI_NATIVE_RAW_API
ffi_status
ffi_raw_prep_closure (ffi_raw_closure *closure, ffi_cif *cif, ffi_handler translate,
                      void (*fun) (ffi_cif *, void *, ffi_raw *, void *), void *user_data,
                      void *codeloc)
{
  if (closure == NULL || fun == NULL)
    return FFI_BAD_ABI;
  /* A raw closure is a closure whose data is itself, followed by the raw part, which is
     there first: a sealed closure has a copy.  */
  ffi_raw_closure before = *closure;
  closure->fun = fun;
  closure->user_data = user_data;
  ffi_status status
      = ffi_prep_closure_loc ((ffi_closure *) closure, cif, translate, closure, codeloc);
  if (status != FFI_OK)
    {
      closure->fun = before.fun;
      closure->user_data = before.user_data;
    }
  return status;
}

void
ffi_raw_translate (ffi_cif *cif, void *rvalue, void **avalue, void *user_data)
{
  ffi_raw_closure *closure = user_data;
  size_t size = ffi_raw_block_size (cif, ffi_raw_words);
  ffi_raw few[FFI_FEW_ARGS];
  ffi_raw *raw = FFI_ON_STACK (few, size);

  ffi_raw_pack (cif, avalue, raw, size, ffi_raw_words);
  closure->fun (cif, rvalue, raw, closure->user_data);
}

ffi_status
ffi_prep_raw_closure_loc (ffi_raw_closure *closure, ffi_cif *cif,
                          void (*fun) (ffi_cif *, void *, ffi_raw *, void *),
                          void *user_data, void *codeloc)
{
  return ffi_raw_prep_closure (closure, cif, ffi_raw_translate, fun, user_data, codeloc);
}
#endif

ffi_status
ffi_prep_raw_closure (ffi_raw_closure *closure, ffi_cif *cif,
                      void (*fun) (ffi_cif *, void *, ffi_raw *, void *), void *user_data)
{
  return ffi_prep_raw_closure_loc (closure, cif, fun, user_data, closure);
}
