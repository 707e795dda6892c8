/* SPDX-License-Identifier: MIT */
/* Arguments as one block of words, translated to and from ffi_call's array of
   pointers.  */

#include "raw.h"
#include "scalar.h"
#include <string.h>

#pragma GCC diagnostic ignored "-Wdeprecated-declarations"

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

size_t
ffi_java_raw_words (const ffi_type *type)
{
  switch (type->type)
    {
    case FFI_TYPE_UINT64:
    case FFI_TYPE_SINT64:
    case FFI_TYPE_DOUBLE:
      return 2;
    default:
      return ffi_raw_words (type);
    }
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
  if (by_address (type))
    return raw->ptr;
  /* A narrow integer fills the word.  */
  if (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__ && ffi_is_integer (type)
      && type->size < sizeof *raw)
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

#if !FFI_NATIVE_RAW_API
/* The handler of raw closures: call FUN with the arguments as a block.  */
static void
translate (ffi_cif *cif, void *rvalue, void **avalue,
           void (*fun) (ffi_cif *, void *, ffi_raw *, void *), void *user_data,
           ffi_word_count words)
{
  size_t size = ffi_raw_block_size (cif, words);
  ffi_raw few[FFI_FEW_ARGS];
  ffi_raw *raw = FFI_ON_STACK (few, size);

  ffi_raw_pack (cif, avalue, raw, size, words);
  fun (cif, rvalue, raw, user_data);
}

void
ffi_raw_translate (ffi_cif *cif, void *rvalue, void **avalue, void *user_data)
{
  ffi_raw_closure *closure = user_data;

  translate (cif, rvalue, avalue, closure->fun, closure->user_data, ffi_raw_words);
}

void
ffi_java_raw_translate (ffi_cif *cif, void *rvalue, void **avalue, void *user_data)
{
  ffi_java_raw_closure *closure = user_data;

  translate (cif, rvalue, avalue, closure->fun, closure->user_data, ffi_java_raw_words);
}
#endif
