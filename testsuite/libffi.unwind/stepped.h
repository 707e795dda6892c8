/* SPDX-License-Identifier: MIT */
/* Signatures that take each their own way through calls and closures, those with an @ by
   Microsoft's convention; a handler that notes its arguments and returns a value; and a
   sum of all that it and its caller saw.  */

#ifndef STEPPED_H
#define STEPPED_H

#include "signatures.h"

static FFITEST_UNUSED const char *const stepped_texts[] = {
  "v:",       "i:i",    "A:AB",         "p:pp",          "l:llllll",
  "p:pppppp", "f:f",    "d:dd",         "d:idlfAdBp",    "l:llllllllllddddddddd",
  "e:e",      "L:L",    "k:k",          "D:D",           "X:X",
  "H:Hi",     "T:T",    "O:O",
#ifdef __x86_64__
  "@v:",      "@i:ilp", "@d:idfA",      "@l:illdfilu",   "@G:dG",
  "@A:AB",    "@e:e",   "@l:lllldddlG", "@d:lGlldddlll",
#endif
};

/* Each of them, or every second: an emulator takes long to step.  */
enum
{
  STEPPED_BY = FFITEST_MANY (1, 2)
};

/* One signature in use.  */
struct use
{
  struct signature s;
  void *result; /* the room, or null */
  _Alignas(64) unsigned char room[MAX_VALUE];
  unsigned char seen[MAX_ARGUMENTS][MAX_VALUE]; /* by the handler */
};

/* That which is called.  */
static struct use stepped;

static void
stepped_prepare (const char *text)
{
  memset (&stepped, 0, sizeof stepped);
  ffi_abi abi = FFI_DEFAULT_ABI;
#ifdef __x86_64__
  if (*text == '@')
    abi = FFI_WIN64, text++;
#endif
  signature_prepare (&stepped.s, text, abi);
  stepped.result = stepped.room;
}

static FFITEST_UNUSED void
stepped_handle (ffi_cif *cif, void *result, void **args, void *data)
{
  const struct kind *kind = stepped.s.result;
  (void) data;
  for (unsigned i = 0; i < cif->nargs; i++)
    memcpy (stepped.seen[i], args[i], cif->arg_types[i]->size);
  if (kind_is_integer (kind))
    kind_widen (kind, stepped.s.returned, result);
  else if (kind->letter != 'v')
    memcpy (result, stepped.s.returned, kind->type->size);
}

/* Mix the bytes of a value of TYPE that are not padding into SUM.  */
static uint32_t
stepped_mix (uint32_t sum, const ffi_type *type, const unsigned char *value)
{
  unsigned char mask[MAX_VALUE] = { 0 };
  mark_value (type, mask);
  for (size_t i = 0; i < type->size; i++)
    sum = (sum ^ (value[i] & mask[i])) * 16777619u;
  return sum;
}

/* A sum of the handler's arguments and of the result, which are forgotten.  */
static FFITEST_UNUSED uint32_t
stepped_sum (void *data)
{
  uint32_t sum = 0;
  (void) data;
  for (unsigned i = 0; i < stepped.s.nargs; i++)
    sum = stepped_mix (sum, stepped.s.types[i], stepped.seen[i]);
  if (stepped.s.result->letter != 'v')
    sum = stepped_mix (sum, stepped.s.result->type, stepped.room);
  memset (stepped.seen, 0, sizeof stepped.seen);
  memset (stepped.room, 0, sizeof stepped.room);
  return sum;
}

#endif
