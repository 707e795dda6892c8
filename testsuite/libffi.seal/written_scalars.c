/* SPDX-License-Identifier: MIT */
/* { needs nosan } */
/* { timeout 300 } */
/* Nothing that the cif of a sealed closure leads to can be written: of each scalar, as an
   argument, a result and a member, also where arguments are raw or are aligned.  Whatever
   is stored in the program's own type objects, sizes, alignments, codes or elements, the
   calls stay as they were.  */

#include "ffitest.h"
#include <sys/wait.h>
#include "sealed.h"
#include "own_scalars.h"

static struct description written, clean;

/* TYPE and what it is made of, at PLACE, cannot be written.  */
static void
check_constant (const struct subject *s, const ffi_type *type, const char *place)
{
  CHECK_MSG (permissions_at (type)[1] == '-',
             "scalar %u, shape %u, %s: the type of %s lies in writable memory", s->scalar,
             s->shape, way_names[s->way], place);
  if (type->type != FFI_TYPE_STRUCT || type->elements == NULL)
    return;
  CHECK_MSG (permissions_at (type->elements)[1] == '-',
             "shape %u: the elements of %s lie in writable memory", s->shape, place);
  for (ffi_type **element = type->elements; *element != NULL; element++)
    check_constant (s, *element, "a member");
}

/* What an attacker stores in a type.  */
static const ffi_type stored[] = {
  { 1024, 8, FFI_TYPE_DOUBLE, NULL },    { 1024, 1, FFI_TYPE_STRUCT, NULL },
  { 0, 0, FFI_TYPE_VOID, NULL },         { 1, 1, FFI_TYPE_SINT8, NULL },
  { 65536, 64, FFI_TYPE_UINT64, NULL },  { 64, 4096, FFI_TYPE_POINTER, NULL },
  { (size_t) -1, 0xffff, 0xffff, NULL },
};

/* Store that in each scalar of D, but leave in place what MASK has bits for: its size,
   its alignment and its code.  */
static void
write_scalars (struct description *d, const ffi_type *what, unsigned mask)
{
  for (unsigned k = 0; k < ARRAY_SIZE (library); k++)
    {
      volatile ffi_type *type = &d->scalars[k];
      if (!(mask & 1))
        type->size = what->size;
      if (!(mask & 2))
        type->alignment = what->alignment;
      if (!(mask & 4))
        type->type = what->type;
      type->elements = d->types;
    }
}

static void
attack (struct subject *s)
{
  for (unsigned i = 0; i < ARRAY_SIZE (stored); i++)
    for (unsigned mask = 0; mask < 7; mask++)
      {
        describe (&written, s->scalar, s->shape);
        write_scalars (&written, &stored[i], mask);
        CHECK_MSG (answers (s),
                   "scalar %u, shape %u, %s: moved by size %zu, alignment %u", s->scalar,
                   s->shape, way_names[s->way], written.scalars[s->scalar].size,
                   (unsigned) written.scalars[s->scalar].alignment);
      }
  memset (&written, 0xa5, sizeof written);
  CHECK (answers (s));
}

static void
check_all (int by_call)
{
  for (int way = 0; way < WAYS; way++)
    for (unsigned shape = 0; shape < SHAPES; shape++)
      for (unsigned scalar = 0; scalar < ARRAY_SIZE (library); scalar++)
        {
          struct subject s
              = { scalar, shape, (enum way) way, &written, &clean, NULL, NULL };
          if (!make_sealed (&s, by_call))
            continue;
          CHECK (permissions_at (seen_cif)[1] == '-');
          CHECK (permissions_at (seen_cif->arg_types)[1] == '-');
          check_constant (&s, seen_cif->rtype, "the result");
          for (unsigned i = 0; i < seen_cif->nargs; i++)
            check_constant (&s, seen_cif->arg_types[i], "an argument");
          attack (&s);
          ffi_closure_free (s.closure);
        }
}

int
main (void)
{
  for (int by_call = 0; by_call < 2; by_call++)
    {
      int status;
      fflush (stdout);
      pid_t child = fork ();
      if (child == 0)
        {
          setenv ("LIBFFI_SEAL", by_call ? "0" : "1", 1);
          check_all (by_call);
          exit (0);
        }
      CHECK (child > 0 && waitpid (child, &status, 0) == child);
      CHECK_MSG (status == 0, "%s: wait status %#x",
                 by_call ? "ffi_closure_seal" : "LIBFFI_SEAL=1", (unsigned) status);
    }
  return ffitest_done ();
}
