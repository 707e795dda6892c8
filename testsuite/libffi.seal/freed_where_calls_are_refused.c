/* SPDX-License-Identifier: MIT */
/* { needs nosan } */
/* A process is locked after it has sealed closures: the system refuses mprotect, and then
   more and more of the calls that could take its place.  A freed closure reports a call
   as long as a page may be mapped; after that a call ends by a signal, as long as memory
   may be discarded.  What was freed can be allocated again, and all others answer.  */

#include "ffitest.h"
#include "crowd.h"
#include "libffi.tramp/aborts.h"
#include "own_syscall.h"
#include <ffi_tramp.h>
#include <sys/mman.h>

enum
{
  ARGUMENTS = 3000, /* whose types need more than a page */
  ROUNDS = 20
};

/* What is refused.  */
enum
{
  MPROTECT = 1,
  MREMAP = 2,
  MMAP = 4,
  MADVISE = 8
};
static int locks, refusals;

static int
refused (long number, const long *arguments)
{
  int lock = number == SYS_mprotect  ? MPROTECT
             : number == SYS_mremap  ? MREMAP
             : number == SYS_madvise ? MADVISE
                                     : 0;
  (void) arguments;
  if ((locks & lock) == 0)
    return 0;
  refusals++;
  return EPERM;
}

void *
mmap (void *at, size_t size, int prot, int flags, int fd, off_t offset)
{
  static void *(*real) (void *, size_t, int, int, int, off_t);
  if ((locks & MMAP) != 0)
    {
      refusals++;
      errno = EPERM;
      return MAP_FAILED;
    }
  if (real == NULL)
    real = (void *(*) (void *, size_t, int, int, int, off_t)) dlsym (RTLD_NEXT, "mmap");
  return real (at, size, prot, flags, fd, offset);
}

static int handled;

static void
handle (ffi_cif *cif, void *result, void **args, void *data)
{
  const int *number = data;
  (void) args;
  handled++;
  *(ffi_arg *) result = (ffi_arg) (*number + (int) cif->nargs);
}

struct subject
{
  size_t size;
  unsigned nargs;
  int number;
  ffi_cif cif;
  void *memory, *code;
};

static struct subject subjects[] = {
  { .size = sizeof (ffi_closure) },
  { .size = 100, .nargs = 1 },
  { .size = 1000 },
  { .size = 4096, .nargs = 3 },
  { .size = 70000 },
  { .size = sizeof (ffi_closure), .nargs = ARGUMENTS },
  { .size = 200, .nargs = ARGUMENTS },
};

static int
call (const struct subject *s)
{
  static int zero;
  static void *values[ARGUMENTS];
  ffi_arg result = 0;
  for (unsigned i = 0; i < s->nargs; i++)
    values[i] = &zero;
  ffi_call ((ffi_cif *) &s->cif, FFI_FN (s->code), &result, values);
  return (int) result;
}

static int
answers (const struct subject *s)
{
  return call (s) == s->number + (int) s->nargs;
}

static void
call_it (void *subject)
{
  call (subject);
}

/* Kept apart from the closure, as its cif may be.  */
static void
make_sealed (struct subject *s, int by_call)
{
  static ffi_type own[2], *types[ARGUMENTS];
  for (int i = 0; i < 2; i++)
    own[i] = ffi_type_sint;
  for (int i = 0; i < ARGUMENTS; i++)
    types[i] = &own[i % 2];
  s->number = (int) (s - subjects) * 10000 + 7;
  PREP_CIF (&s->cif, s->nargs, &ffi_type_sint, types);
  s->memory = ffi_closure_alloc (s->size, &s->code);
  CHECK (s->memory != NULL);
  CHECK_INT (ffi_prep_closure_loc (s->memory, &s->cif, handle, &s->number, s->code),
             FFI_OK);
  if (by_call)
    s->code = ffi_closure_seal (s->memory);
  CHECK_MSG (s->code != NULL, "size %zu: %s", s->size, strerror (errno));
  CHECK (answers (s));
}

static size_t
used (void)
{
  ffi_tramp_count count;
  ffi_tramp_query (FFI_TRAMP_NONE, &count);
  return count.used;
}

/* A call of the freed S ends by a signal, its handler is not called.  */
static void
check_dies (const struct subject *s)
{
  int status;
  fflush (stdout);
  pid_t child = fork ();
  if (child == 0)
    {
      struct rlimit no_core = { 0, 0 };
      setrlimit (RLIMIT_CORE, &no_core);
      call (s);
      _exit (3);
    }
  CHECK (child > 0 && waitpid (child, &status, 0) == child);
  CHECK_MSG (WIFSIGNALED (status), "size %zu: called after it was freed: %#x", s->size,
             (unsigned) status);
}

/* What memory that is discarded reads as: an emulator may not know of that.  */
static int
can_discard (void)
{
  char *page
      = mmap (NULL, 65536, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  CHECK (page != MAP_FAILED);
  *(volatile char *) page = 1;
  return mprotect (page, 65536, PROT_READ) == 0
         && madvise (page, 65536, MADV_DONTNEED) == 0 && *(volatile char *) page == 0;
}

static void
check_freed (int by_call, int refuse)
{
  size_t before, after;
  int discards = can_discard ();
  for (int round = 0; round < 2; round++)
    {
      before = used ();
      for (size_t i = 0; i < ARRAY_SIZE (subjects); i++)
        make_sealed (&subjects[i], by_call);
      locks = refuse;
      for (size_t i = 0; i < ARRAY_SIZE (subjects); i++)
        {
          struct subject *s = &subjects[i];
          ffi_closure_free (s->memory);
          if ((refuse & MMAP) == 0)
            CHECK_ABORTS (call_it, s, "call of a freed closure");
          else if ((refuse & MADVISE) == 0 && discards)
            check_dies (s);
          CHECK_PTR (ffi_closure_seal (s->memory), NULL);
          for (size_t j = i + 1; j < ARRAY_SIZE (subjects); j++)
            CHECK (answers (&subjects[j]));
          CHECK_INT (ffi_prep_closure_loc (s->memory, &s->cif, handle, s, s->code),
                     FFI_BAD_ABI);
        }
      CHECK (refusals > 0);
      after = used ();
      locks = 0;
      if ((refuse & MMAP) == 0)
        CHECK_UINT (after, before);
      /* Whatever is allocated next.  */
      for (int i = 0; i < ROUNDS; i++)
        {
          struct crowd_member m;
          CHECK (crowd_join (&m, i));
          CHECK (crowd_answers (&m));
          crowd_leave (&m);
        }
    }
}

int
main (void)
{
  static const int refusals_of[]
      = { MPROTECT, MPROTECT | MREMAP, MPROTECT | MREMAP | MMAP,
          MPROTECT | MREMAP | MMAP | MADVISE };
  for (size_t i = 0; i < ARRAY_SIZE (refusals_of); i++)
    for (int by_call = 0; by_call < 2; by_call++)
      {
        int status;
        fflush (stdout);
        pid_t child = fork ();
        if (child == 0)
          {
            setenv ("LIBFFI_SEAL", by_call ? "0" : "1", 1);
            check_freed (by_call, refusals_of[i]);
            exit (0);
          }
        CHECK (child > 0 && waitpid (child, &status, 0) == child);
        CHECK_MSG (status == 0, "refused %#x, %s: wait status %#x",
                   (unsigned) refusals_of[i],
                   by_call ? "ffi_closure_seal" : "LIBFFI_SEAL=1", (unsigned) status);
      }
  return ffitest_done ();
}
