/* SPDX-License-Identifier: MIT */
/* Freed closures that return; see freed.h.  */

#include "freed.h"
#include "die.h"
#include "layout.h"
#include "scalar.h"
#include "settings.h"
#include "type_copy.h"
#include "unmap.h"
#include <string.h>
#include <sys/mman.h>

_Atomic unsigned ffi_freed_state;

FFI_COLD bool
ffi_freed_decide (void)
{
  const char *wish = secure_getenv ("LIBFFI_FREED");
  bool returns = ffi_is_wish (wish, "return");

  return ffi_decide (&ffi_freed_state, returns ? FREED_RETURNS : FREED_ABORTS)
         == FREED_RETURNS;
}

/* --- Stand-ins --------------------------------------------------------------- */

struct ffi_stand_in
{
  struct ffi_stand_in *next;
  ffi_entry_chooser choose;
  ffi_entry entry;
  ffi_cif cif;
  ffi_closure closure;
  void *space[]; /* for the types of cif */
};

/* All of them; none is ever removed.  */
static struct ffi_stand_in *_Atomic stand_ins;

/* A handler that stores zeros.  */
static FFI_COLD void
store_zeros (ffi_cif *cif, void *result, void **args, void *user_data)
{
  static _Atomic unsigned reported;
  const ffi_type *type = cif->rtype;

  (void) args;
  if (ffi_is_integer (type) && type->size < sizeof (ffi_arg))
    *(ffi_arg *) result = 0;
  else if (type->type != FFI_TYPE_VOID)
    memset (result, 0, type->size);
  if (atomic_exchange (&reported, 1) == 0)
    ffi_report ("call of a freed closure, which returns zeros as LIBFFI_FREED says; the "
                "first of this process",
                user_data);
}

static bool same_type (const ffi_type *a, const ffi_type *copy);

static bool
same_layout (const ffi_layout *a, const ffi_layout *copy)
{
  if (a->count != copy->count)
    return false;
  for (size_t i = 0; i < a->count; i++)
    {
      const ffi_member *m = &a->members[i], *n = &copy->members[i];
      if (m->offset != n->offset || m->count != n->count || m->kind != n->kind
          || !same_type (m->type, n->type))
        return false;
    }
  return true;
}

static bool
same_type (const ffi_type *a, const ffi_type *copy)
{
  if (a == copy)
    return true;
  if (a->size != copy->size || a->alignment != copy->alignment || a->type != copy->type)
    return false;
  if (ffi_as_layout (a) != NULL)
    return same_layout ((const ffi_layout *) a, (const ffi_layout *) copy);
  /* Of a large struct there is no more.  */
  if ((a->type != FFI_TYPE_STRUCT && a->type != FFI_TYPE_COMPLEX
       && a->type != FFI_TYPE_VECTOR)
      || copy->elements == NULL)
    return true;
  size_t i = 0;
  do
    {
      if (a->elements[i] == NULL || copy->elements[i] == NULL)
        return a->elements[i] == copy->elements[i];
      if (!same_type (a->elements[i], copy->elements[i]))
        return false;
      i++;
    }
  while (a->type == FFI_TYPE_STRUCT);
  return true;
}

/* Whether S is for closures with CIF that CHOOSE chooses the entry of.  */
static bool
fits (const struct ffi_stand_in *s, const ffi_cif *cif, ffi_entry_chooser choose)
{
  if (s->choose != choose || s->cif.abi != cif->abi || s->cif.nargs != cif->nargs
      || s->cif.bytes != cif->bytes || s->cif.flags != cif->flags
      || !same_type (cif->rtype, s->cif.rtype))
    return false;
  for (unsigned i = 0; i < cif->nargs; i++)
    if (!same_type (cif->arg_types[i], s->cif.arg_types[i]))
      return false;
  return true;
}

/* A new one, or null.  It is mapped, as the caller may be a signal handler.  */
static FFI_COLD struct ffi_stand_in *
make (const ffi_cif *cif, ffi_entry_chooser choose)
{
  struct ffi_type_buffer buffer = { .size = 0 };
  ffi_cif counted = *cif;

  ffi_copy_types (&buffer, &counted);
  size_t size = sizeof (struct ffi_stand_in) + buffer.used;
  struct ffi_stand_in *s
      = mmap (NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (s == MAP_FAILED)
    return NULL;
  buffer.start = (char *) s->space;
  buffer.size = buffer.used;
  buffer.used = 0;
  s->cif = *cif;
  ffi_copy_types (&buffer, &s->cif);
  s->choose = choose;
  s->closure.cif = &s->cif;
  s->closure.fun = store_zeros;
  s->entry
      = choose (&s->cif, (unsigned char *) s->closure.tramp + sizeof (struct ffi_pair));
  if (buffer.used <= buffer.size && s->entry != NULL)
    return s;
  ffi_unmap (s, size);
  return NULL;
}

static FFI_COLD struct ffi_stand_in *
stand_in_for (const ffi_cif *cif, ffi_entry_chooser choose)
{
  struct ffi_stand_in *first = atomic_load (&stand_ins), *s;

  for (s = first; s != NULL; s = s->next)
    if (fits (s, cif, choose))
      return s;
  s = make (cif, choose);
  if (s == NULL)
    return NULL;
  /* Two threads may add one for the same signature.  */
  s->next = first;
  while (!atomic_compare_exchange_weak (&stand_ins, &s->next, s))
    ;
  return s;
}

/* --- What slots remember ------------------------------------------------------ */

FFI_COLD void
ffi_freed_forget (void *end)
{
  ((struct ffi_stand_in **) end)[-1] = NULL;
}

FFI_COLD void
ffi_freed_remember (void *end, const ffi_cif *cif, ffi_entry_chooser choose)
{
  ((struct ffi_stand_in **) end)[-1] = stand_in_for (cif, choose);
}

FFI_COLD ffi_entry
ffi_freed_entry (struct ffi_pair *pair, void *end)
{
  struct ffi_stand_in *s = ((struct ffi_stand_in **) end)[-1];

  if (s == NULL)
    return ffi_entry_freed;
  pair->data = &s->closure;
  return s->entry;
}
