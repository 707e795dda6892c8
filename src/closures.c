/* SPDX-License-Identifier: MIT */
/* The closure API: ties a closure to entry code.  Where code addresses come from
   is the business of trampoline/, what entry code does that of the architecture.  */

#include "port.h"
#include "trampoline/closure_memory.h"
#include "trampoline/freed.h"
#include <errno.h>
#if PORT_FAST_ENTRY
#include "fast_entry.h"
#else
/* Null: call ffi_port_closure_entry.  */
static inline ffi_entry
ffi_port_fast_entry (const ffi_cif *cif, unsigned char *map)
{
  (void) cif, (void) map;
  return NULL;
}
#endif

/* The trampoline area of a closure: the pair, then what the entry code wants.  */
enum
{
  PAIR_SIZE = sizeof (struct ffi_pair)
};
_Static_assert(PAIR_SIZE <= FFI_TRAMPOLINE_SIZE, "the pair fits");
_Static_assert(sizeof (ffi_closure) <= SLOT_SIZE, "a closure fits into its slot");

void *
ffi_closure_alloc (size_t size, void **code)
{
  if (code == NULL)
    {
      errno = EINVAL;
      return NULL;
    }
  if (ffi_seals ())
    return ffi_closure_memory_alloc_sealed (size, code);
  void *closure
      = likely (size <= sizeof (ffi_closure)) ? ffi_slot_alloc_fast (code) : NULL;
  return likely (closure != NULL) ? closure : ffi_closure_memory_alloc (size, code);
}

void
ffi_closure_free (void *closure)
{
  if (closure == NULL)
    return;
  if (ffi_seals ())
    ffi_closure_memory_free_sealed (closure);
  else if (likely (ffi_slot_free_fast (closure)))
    return;
  ffi_closure_memory_free (closure);
}

static inline void
set_closure (ffi_closure *closure, ffi_cif *cif, ffi_handler fun, void *user_data)
{
  closure->cif = cif;
  closure->fun = fun;
  closure->user_data = user_data;
}

static inline unsigned char *
map_of (ffi_closure *closure)
{
  return (unsigned char *) closure->tramp + PAIR_SIZE;
}

/* The closure lies in memory that the caller makes executable, unless CODELOC is
   nonsense.  */
static __attribute__ ((noinline)) ffi_status
prep_dynamic (ffi_closure *closure, ffi_cif *cif, ffi_handler fun, void *user_data,
              void *codeloc, ffi_entry_chooser choose)
{
#ifdef FFI_DYNAMIC_CLOSURES
  ffi_entry entry = ffi_table_at (codeloc) != NULL ? NULL : choose (cif, NULL);

  if (entry == NULL)
    return FFI_BAD_ABI;
  set_closure (closure, cif, fun, user_data);
  ffi_port_write_trampoline (closure->tramp, codeloc, entry);
  return FFI_OK;
#else
  (void) closure, (void) cif, (void) fun, (void) user_data, (void) codeloc;
  (void) set_closure, (void) choose;
  return FFI_BAD_ABI;
#endif
}

static __attribute__ ((noinline)) ffi_status
prep (ffi_closure *closure, ffi_cif *cif, ffi_handler fun, void *user_data, void *codeloc,
      ffi_entry_chooser choose)
{
  if (closure == NULL || cif == NULL || fun == NULL || codeloc == NULL)
    return FFI_BAD_ABI;
  struct ffi_pair *pair = ffi_closure_memory_find (codeloc);
  if (unlikely (pair == NULL))
    return prep_dynamic (closure, cif, fun, user_data, codeloc, choose);

  struct ffi_sealed *sealed = ffi_seals () ? ffi_seal_of (pair) : NULL;
  if (sealed != NULL)
    return ffi_seal_prep (sealed, closure, cif, fun, user_data, choose);

  ffi_entry entry = choose (cif, map_of (closure));
  if (entry == NULL)
    return FFI_BAD_ABI;
  if (ffi_freed_returns ())
    ffi_freed_remember (ffi_slots_end (pair), cif, choose);
  set_closure (closure, cif, fun, user_data);
  ffi_slot_set (pair, closure, entry);
  return FFI_OK;
}

ffi_status
ffi_prep_closure_loc (ffi_closure *closure, ffi_cif *cif, ffi_handler fun,
                      void *user_data, void *codeloc)
{
  struct ffi_pair *pair = ffi_slot_find_fast (codeloc);
  ffi_entry entry;

  if (unlikely (closure == NULL || cif == NULL || fun == NULL || pair == NULL
                || ffi_seals ()))
    return prep (closure, cif, fun, user_data, codeloc, ffi_port_closure_entry);
  /* As a rule nothing needs to be called.  */
  entry = ffi_port_fast_entry (cif, map_of (closure));
  if (unlikely (entry == NULL)
      && (entry = ffi_port_closure_entry (cif, map_of (closure))) == NULL)
    return FFI_BAD_ABI;
  set_closure (closure, cif, fun, user_data);
  ffi_slot_set (pair, closure, entry);
  return FFI_OK;
}

#if FFI_NATIVE_RAW_API
/* A raw closure is a closure with a handler and entry code of another type.  */
ffi_status
ffi_prep_raw_closure_loc (ffi_raw_closure *closure, ffi_cif *cif,
                          void (*fun) (ffi_cif *, void *, ffi_raw *, void *),
                          void *user_data, void *codeloc)
{
  return prep ((ffi_closure *) closure, cif, (ffi_handler) (void (*) (void)) fun,
               user_data, codeloc, ffi_port_raw_entry);
}
#endif

ffi_status
ffi_prep_closure (ffi_closure *closure, ffi_cif *cif, ffi_handler fun, void *user_data)
{
  return ffi_prep_closure_loc (closure, cif, fun, user_data, closure);
}

#if FFI_GO_CLOSURES
ffi_status
ffi_prep_go_closure (ffi_go_closure *closure, ffi_cif *cif, ffi_handler fun)
{
  ffi_entry entry
      = closure != NULL && cif != NULL && fun != NULL ? ffi_port_go_entry (cif) : NULL;

  if (entry == NULL)
    return FFI_BAD_ABI;
  closure->tramp = (void *) entry;
  closure->cif = cif;
  closure->fun = fun;
  return FFI_OK;
}
#endif
