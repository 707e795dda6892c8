/* SPDX-License-Identifier: MIT */
/* { options -pthread } */
/* { sources support/seal_all.c } */
/* Thousands of sealed closures come and go, in several threads and in children, are
   prepared again, and misused; nothing is left of them.  */

#include "ffitest.h"
#include "crowd.h"
#include "libffi.tramp/aborts.h"
#include <ffi_tramp.h>
#include <pthread.h>
#include "sealed.h"

enum
{
  MANY = FFITEST_MANY (1500, 300),
  THREADS = 4,
  ROUNDS = FFITEST_MANY (300, 20)
};

static struct crowd_member members[MANY];

static size_t
used (void)
{
  ffi_tramp_count count;
  ffi_tramp_query (FFI_TRAMP_NONE, &count);
  return count.used;
}

static void
call (void *code)
{
  CODE_AS (int (*) (int), code) (1);
}

static void
free_closure (void *closure)
{
  ffi_closure_free (closure);
}

static int
prepare (struct crowd_member *m)
{
  return ffi_prep_closure_loc (m->closure, crowd_cif (), crowd_handle, m, m->code)
         == FFI_OK;
}

static void
come_and_go (void)
{
  size_t before = used ();
  crowd_gather (members, MANY);
  for (int i = 0; i < MANY; i += 2)
    crowd_leave (&members[i]);
  for (int i = 1; i < MANY; i += 2)
    {
      CHECK (crowd_answers (&members[i]));
      members[i].number += MANY;
      /* What the closure holds is of no importance.  */
      memset (members[i].closure, 0x5a, sizeof (ffi_closure));
      CHECK (crowd_answers (&members[i]));
      CHECK (prepare (&members[i]));
      CHECK (crowd_answers (&members[i]));
      CHECK_PTR (ffi_tramp_closure_find (members[i].code), members[i].closure);
    }
  for (int i = 0; i < MANY; i += 2)
    CHECK (crowd_join (&members[i], -i));
  for (int i = 0; i < MANY; i++)
    CHECK (crowd_answers (&members[i]));
  crowd_scatter (members, MANY);
  CHECK_UINT (used (), before);
}

static void
misuse (void)
{
  struct crowd_member m = { NULL, NULL, 4 };
  /* So that the table stays, which a freed closure is reported by.  */
  void *neighbour_code,
      *neighbour = ffi_closure_alloc (sizeof (ffi_closure), &neighbour_code);
  m.closure = ffi_closure_alloc (sizeof (ffi_closure), &m.code);
  CHECK (neighbour != NULL && m.closure != NULL);
  CHECK_PTR (ffi_tramp_closure_find (m.code), NULL);
  CHECK_PTR (ffi_closure_seal (m.closure), NULL);
  CHECK_INT (errno, EINVAL);
  CHECK_ABORTS (call, m.code, "never prepared");
  CHECK (prepare (&m));
  CHECK_PTR (ffi_closure_seal (m.closure), m.code);
  for (int offset = 1; offset < 16; offset++)
    CHECK_INT (ffi_prep_closure_loc (m.closure, crowd_cif (), crowd_handle, &m,
                                     (char *) m.code + offset),
               FFI_BAD_ABI);
  ffi_cif bad = *crowd_cif ();
  bad.abi = FFI_LAST_ABI;
  CHECK_INT (ffi_prep_closure_loc (m.closure, &bad, crowd_handle, &m, m.code),
             FFI_BAD_ABI);
  CHECK (crowd_answers (&m));
  CHECK_ABORTS (free_closure, m.code, "code address");
  /* The page of a free closure reports, whatever was in it.  */
  void *code = m.code, *closure = m.closure;
  crowd_leave (&m);
  CHECK_ABORTS (call, code, "freed closure");
  CHECK_ABORTS (free_closure, closure, "not allocated");
  for (size_t i = 1; i < 64; i++)
    {
      struct crowd_member inside = { closure, (char *) code + 16 * i, 1 };
      CHECK (!prepare (&inside));
    }
  /* Nothing that ffi_closure_seal could seal.  */
  ffi_closure own;
  memset (&own, 0, sizeof own);
  ffi_tramp *tramp = ffi_tramp_alloc ();
  void *not_closures[] = { NULL, &own, tramp, closure, code };
  for (size_t i = 0; i < ARRAY_SIZE (not_closures); i++)
    {
      errno = 0;
      CHECK_PTR (ffi_closure_seal (not_closures[i]), NULL);
      CHECK_INT (errno, EINVAL);
    }
  ffi_tramp_free (tramp);
  ffi_closure_free (neighbour);
}

/* More arguments than a page has room for: then prepared with few, and with many.  */
static void
handle_many (ffi_cif *cif, void *result, void **args, void *data)
{
  long sum = 0;
  for (unsigned i = 0; i < cif->nargs; i++)
    sum += *(long *) args[i];
  *(ffi_arg *) result = (ffi_arg) (sum + *(long *) data);
}

static void
many_arguments (void)
{
  enum
  {
    ARGUMENTS = 3000
  };
  static ffi_type *types[ARGUMENTS];
  static void *values[ARGUMENTS];
  static long value[ARGUMENTS], datum = 3;
  long expected = datum;
  ffi_cif cif;
  void *code;
  for (int i = 0; i < ARGUMENTS; i++)
    {
      types[i] = &ffi_type_slong;
      values[i] = &value[i];
      value[i] = i;
    }
  ffi_closure *closure = ffi_closure_alloc (sizeof *closure, &code);
  CHECK (closure != NULL);
  for (int n = ARGUMENTS; n > 0; n /= 4)
    for (int again = 0; again < 2; again++)
      {
        ffi_arg result = 0;
        expected = datum + (long) n * (n - 1) / 2;
        PREP_CIF (&cif, (unsigned) n, &ffi_type_slong, types);
        CHECK_INT (ffi_prep_closure_loc (closure, &cif, handle_many, &datum, code),
                   FFI_OK);
        ffi_call (&cif, FFI_FN (code), &result, values);
        CHECK_INT ((long) result, expected);
      }
  ffi_closure_free (closure);
}

static void *
work (void *number)
{
  struct crowd_member m[8];
  for (int i = 0; i < ROUNDS; i++)
    {
      struct crowd_member *member = &m[i % 8];
      if (i >= 8)
        {
          CHECK (crowd_answers (member));
          crowd_leave (member);
        }
      CHECK (crowd_join (member, i + *(int *) number));
      CHECK (crowd_answers (member));
    }
  for (int i = 0; i < 8; i++)
    crowd_leave (&m[i]);
  return NULL;
}

static void
threads (void)
{
  pthread_t thread[THREADS];
  int numbers[THREADS];
  size_t before = used ();
  for (int i = 0; i < THREADS; i++)
    {
      numbers[i] = i * 1000;
      CHECK_INT (pthread_create (&thread[i], NULL, work, &numbers[i]), 0);
    }
  for (int i = 0; i < THREADS; i++)
    pthread_join (thread[i], NULL);
  CHECK_UINT (used (), before);
}

static void
children (void)
{
  struct crowd_member m;
  int status;
  CHECK (crowd_join (&m, 8));
  fflush (stdout);
  pid_t child = fork ();
  if (child == 0)
    {
      CHECK (crowd_answers (&m));
      m.number = 80;
      CHECK (prepare (&m) && crowd_answers (&m));
      crowd_leave (&m);
      CHECK (crowd_join (&m, 90) && crowd_answers (&m));
      crowd_leave (&m);
      _exit (0);
    }
  CHECK (child > 0 && waitpid (child, &status, 0) == child);
  CHECK_INT (status, 0);
  CHECK (crowd_answers (&m));
  crowd_leave (&m);
}

int
main (void)
{
  /* Once, so that what is kept afterwards is there.  */
  come_and_go ();
  come_and_go ();
  misuse ();
  many_arguments ();
  threads ();
  children ();
  return ffitest_done ();
}
