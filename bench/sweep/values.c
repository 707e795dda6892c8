/* SPDX-License-Identifier: MIT */
/* The arguments' values, the results that are expected, and what arrived.  */

#include "sweep.h"
#include <string.h>

char sweep_result[SWEEP_VALUE] __attribute__ ((aligned (16)));
bool sweep_checks;

static const struct sweep_signature *checked;
static unsigned calls;
static bool right;

unsigned
n_sweep_signatures (void)
{
  unsigned n = 0;

  for (unsigned i = 0; i < n_sweep_chunks; i++)
    n += sweep_chunks[i].n;
  return n;
}

const struct sweep_signature *
sweep_signature_number (unsigned number)
{
  const struct sweep_chunk *chunk = sweep_chunks;

  for (; number >= chunk->n; chunk++)
    number -= chunk->n;
  return &chunk->signatures[number];
}

/* A small number that is different for each leaf, in its own type.  */
static void
fill_leaf (char *at, const struct leaf *leaf, unsigned number)
{
  float f = (float) number;
  double d = number;
  long double ld = number;

  switch (leaf->kind)
    {
    case LEAF_FLOAT:
      memcpy (at, &f, sizeof f);
      break;
    case LEAF_DOUBLE:
      memcpy (at, &d, sizeof d);
      break;
    case LEAF_LONG_DOUBLE:
      memcpy (at, &ld, sizeof ld);
      break;
    case LEAF_BYTES:
      for (unsigned i = 0; i < leaf->size; i++)
        at[i] = (char) (number * 37 + i * 59);
    }
}

static bool
same_leaf (const char *a, const char *b, const struct leaf *leaf)
{
  if (leaf->kind != LEAF_LONG_DOUBLE)
    return memcmp (a, b, leaf->size) == 0;
  return *(const long double *) a == *(const long double *) b;
}

static unsigned
fill (void *value, const struct value_type *type, unsigned number)
{
  memset (value, 0, type->size);
  for (unsigned i = 0; i < type->n_leaves; i++)
    fill_leaf ((char *) value + type->leaves[i].offset, &type->leaves[i], number++);
  return number;
}

static bool
same (const void *a, const void *b, const struct value_type *type)
{
  for (unsigned i = 0; i < type->n_leaves; i++)
    {
      const struct leaf *leaf = &type->leaves[i];
      if (!same_leaf ((const char *) a + leaf->offset, (const char *) b + leaf->offset,
                      leaf))
        return false;
    }
  return true;
}

void
sweep_fill (const struct sweep_signature *sig)
{
  unsigned number = 3;

  for (unsigned i = 0; i < sig->nargs; i++)
    number = fill (sig->values[i], &sweep_types[sig->args[i]], number);
  fill (sweep_result, &sweep_types[sig->result], number);
}

void
sweep_begin (const struct sweep_signature *sig)
{
  checked = sig;
  calls = 0;
  right = sweep_checks = true;
}

void
sweep_seen (void **args)
{
  calls++;
  for (unsigned i = 0; i < checked->nargs; i++)
    if (!same (args[i], checked->values[i], &sweep_types[checked->args[i]]))
      right = false;
}

bool
sweep_end (const void *result, bool widened)
{
  const struct value_type *type = &sweep_types[checked->result];
  const char *at = result;

  sweep_checks = false;
  if (widened && type->integer && type->size < sizeof (ffi_arg)
      && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__)
    at += sizeof (ffi_arg) - type->size;
  return right && calls == 1 && same (at, sweep_result, type);
}
