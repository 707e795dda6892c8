/* SPDX-License-Identifier: MIT */
/* Threads share a cif and a closure, and each makes closures of its own.  */
#include <ffi.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

enum
{
  THREADS = 4,
  ROUNDS = 5000
};

static ffi_cif cif; /* prepared once, then only read */
static void (*shared) (int);
static atomic_long total;

/* Handlers run on their caller's thread.  */
static void
add (ffi_cif *c, void *result, void **args, void *user_data)
{
  (void) c, (void) result;
  atomic_fetch_add ((atomic_long *) user_data, *(int *) args[0]);
}

static void *
work (void *failed)
{
  for (int i = 0; i < ROUNDS; i++)
    {
      void *code;
      ffi_closure *own = ffi_closure_alloc (sizeof (ffi_closure), &code);
      if (own == NULL || ffi_prep_closure_loc (own, &cif, add, &total, code) != FFI_OK)
        return failed;
      ((void (*) (int)) code) (2);
      shared (1);
      ffi_closure_free (own); /* any thread may; nobody may call it any more */
    }
  return NULL;
}

int
main (void)
{
  ffi_type *types[] = { &ffi_type_sint };
  pthread_t threads[THREADS];
  void *code, *failed = NULL;
  ffi_closure *closure = ffi_closure_alloc (sizeof (ffi_closure), &code);

  if (closure == NULL
      || ffi_prep_cif (&cif, FFI_DEFAULT_ABI, 1, &ffi_type_void, types) != FFI_OK
      || ffi_prep_closure_loc (closure, &cif, add, &total, code) != FFI_OK)
    return 1;
  shared = (void (*) (int)) code;
  for (int i = 0; i < THREADS; i++)
    if (pthread_create (&threads[i], NULL, work, &total) != 0)
      return 1;
  for (int i = 0; i < THREADS; i++)
    {
      void *result;
      pthread_join (threads[i], &result);
      failed = failed != NULL ? failed : result;
    }
  ffi_closure_free (closure);
  printf ("%ld\n", atomic_load (&total));
  return failed != NULL;
}
