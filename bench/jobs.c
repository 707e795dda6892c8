/* SPDX-License-Identifier: MIT */
/* What is measured: the groups, how a peer does each, and the check that it
   does it right.  */

#include "bench.h"
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Room for any result, with words behind it that must stay as they are.  */
union result
{
  uint64_t words[8];
  char bytes[64];
};

static size_t
result_size (enum type type)
{
  switch (type)
    {
    case T_VOID:
      return 0;
    case T_LONGS:
      return sizeof (struct longs);
    case T_DOUBLES:
      return sizeof (struct doubles);
    case T_DOUBLE:
      return sizeof (double);
    default:
      return sizeof (ffi_arg);
    }
}

static bool
prep_cif (struct job *job)
{
  const struct signature *sig = job->sig;
  struct peer *peer = job->peer;

  for (unsigned i = 0; i < sig->nargs; i++)
    job->atypes[i] = peer->types[sig->args[i]];
  return peer->prep_cif (&job->cif, job->abi, sig->nargs, peer->types[sig->rtype],
                         job->atypes)
         == FFI_OK;
}

const struct signature *
signature_number (unsigned number)
{
  return number < N_SIGNATURES ? &signatures[number]
                               : &conventions[number - N_SIGNATURES].sig;
}

static code_fn
floor_entry (const struct floor *floor, unsigned number)
{
  return number < N_SIGNATURES ? floor->entries[number]
                               : conventions[number - N_SIGNATURES].floor_entry;
}

static call_fn
floor_call (const struct floor *floor, unsigned number)
{
  return number < N_SIGNATURES ? floor->calls[number]
                               : conventions[number - N_SIGNATURES].floor_call;
}

/* closure: call the code of a closure */

static volatile uint64_t sink;

static void
run_closure (struct job *job, long n)
{
  sink = job->sig->loop ((code_fn) job->code, n);
}

static bool
check_closure (struct job *job)
{
  return job->code != NULL
         && job->sig->loop ((code_fn) job->code, 5)
                == job->sig->loop (job->sig->target, 5);
}

static bool
setup_closure (struct job *job)
{
  struct peer *peer = job->peer;

  job->run = run_closure;
  job->check = check_closure;
  switch (peer->kind)
    {
    case FLOOR:
      *peer->floor->closure = (struct floor_closure){ job->sig->handler, &job->cif, job };
      job->code = (void *) floor_entry (peer->floor, job->sig_index);
      return true;
    case FFCALL:
      job->code = ffcall_alloc (job->sig_index, job);
      return job->code != NULL;
    case LIBFFI:
      job->closure = peer->closure_alloc (sizeof (ffi_closure), &job->code);
      return job->closure != NULL && prep_cif (job)
             && peer->prep_closure_loc (job->closure, &job->cif, job->sig->handler, job,
                                        job->code)
                    == FFI_OK;
    }
  return false;
}

/* direct: the same loop, calling the function itself */

static bool
setup_direct (struct job *job)
{
  job->run = run_closure;
  job->check = check_closure;
  job->code = (void *) job->sig->target;
  return job->peer->kind == FLOOR;
}

const struct group direct = { "direct", false, true, setup_direct };

/* call and plan: a call through the peer */

static void
run_call (struct job *job, long n)
{
  union result result;
  call_fn call = job->call;
  void *cif = job->call_cif;
  code_fn target = job->sig->target;
  void **values = job->sig->values;

  for (long i = 0; i < n; i++)
    call (cif, target, &result, values);
}

static bool
check_call (struct job *job)
{
  union result got, expected;

  memset (&got, 0x5a, sizeof got);
  expected = got;
  floor_call (&floor_code, job->sig_index) (NULL, job->sig->target, &expected,
                                            job->sig->values);
  job->call (job->call_cif, job->sig->target, &got, job->sig->values);
  return memcmp (&got, &expected, result_size (job->sig->rtype)) == 0
         && memcmp (&got.words[2], &expected.words[2], sizeof got - 16) == 0;
}

static bool
setup_call (struct job *job)
{
  job->run = run_call;
  job->check = check_call;
  job->call_cif = &job->cif;
  switch (job->peer->kind)
    {
    case FLOOR:
      job->call = floor_call (job->peer->floor, job->sig_index);
      return true;
    case FFCALL:
      job->call = ffcall_calls[job->sig_index];
      return true;
    case LIBFFI:
      job->call = job->peer->call;
      return prep_cif (job);
    }
  return false;
}

static bool
setup_plan (struct job *job)
{
  struct peer *peer = job->peer;

  if (peer->kind == FLOOR)
    return setup_call (job);
  if (peer->kind != LIBFFI || peer->plan_alloc == NULL || !prep_cif (job))
    return false;
  job->run = run_call;
  job->check = check_call;
  job->call = peer->plan_invoke;
  job->call_cif = job->plan = peer->plan_alloc (&job->cif);
  return job->plan != NULL;
}

/* prep: ffi_prep_cif, and prep+call: what ctypes does for each call.  The
   struct types are laid out already, as those of bindings are.  */

static void
run_prep (struct job *job, long n)
{
  struct peer *peer = job->peer;
  ffi_type *rtype = peer->types[job->sig->rtype];

  for (long i = 0; i < n; i++)
    peer->prep_cif (&job->cif, job->abi, job->sig->nargs, rtype, job->atypes);
}

static void
run_prep_call (struct job *job, long n)
{
  struct peer *peer = job->peer;
  ffi_type *rtype = peer->types[job->sig->rtype];
  union result result;

  for (long i = 0; i < n; i++)
    {
      peer->prep_cif (&job->cif, job->abi, job->sig->nargs, rtype, job->atypes);
      peer->call (&job->cif, job->sig->target, &result, job->sig->values);
    }
}

static bool
setup_prep (struct job *job)
{
  bool ok = job->peer->kind == LIBFFI && setup_call (job);
  job->run = run_prep;
  return ok;
}

static bool
setup_prep_call (struct job *job)
{
  bool ok = job->peer->kind == LIBFFI && setup_call (job);
  job->run = run_prep_call;
  return ok;
}

/* alloc: the life of a closure that is never called */

static void
run_alloc_libffi (struct job *job, long n)
{
  struct peer *peer = job->peer;

  for (long i = 0; i < n; i++)
    {
      void *code;
      ffi_closure *closure = peer->closure_alloc (sizeof *closure, &code);
      peer->prep_closure_loc (closure, &job->cif, job->sig->handler, job, code);
      peer->closure_free (closure);
    }
}

static void
run_alloc_ffcall (struct job *job, long n)
{
  for (long i = 0; i < n; i++)
    ffcall_free (ffcall_alloc (job->sig_index, job));
}

static bool
setup_alloc (struct job *job)
{
  bool ok = job->peer->kind != FLOOR && setup_closure (job);
  job->run = job->peer->kind == FFCALL ? run_alloc_ffcall : run_alloc_libffi;
  return ok;
}

const struct group groups[] = {
  { "closure", false, true, setup_closure },
  { "call", false, true, setup_call },
  { "plan", false, false, setup_plan },
  { "prep", false, false, setup_prep },
  { "prep+call", false, false, setup_prep_call },
  { "alloc+prep+free", true, false, setup_alloc },
};
const unsigned n_groups = sizeof groups / sizeof groups[0];

/* A child, so that a peer that crashes is disqualified like one that is
   wrong.  */
static const char *
check_in_child (struct job *job)
{
  int status;

  fflush (stdout);
  pid_t child = fork ();
  if (child == 0)
    {
      alarm (10);
      _exit (job->check (job) ? 0 : 1);
    }
  if (child < 0 || waitpid (child, &status, 0) != child)
    return "no fork";
  if (WIFSIGNALED (status))
    return "crash";
  return WEXITSTATUS (status) == 0 ? NULL : "wrong";
}

const char *
job_start (struct job *job, const struct group *group, struct peer *peer,
           unsigned signature)
{
  memset (job, 0, sizeof *job);
  job->peer = peer;
  job->sig = signature_number (signature);
  job->sig_index = signature;
  job->abi = job->sig->abi != 0 ? job->sig->abi : FFI_DEFAULT_ABI;
  if (peer->kind == FFCALL && signature >= N_SIGNATURES)
    return "n/a";
  if (!group->setup (job))
    return "n/a";
  return check_in_child (job);
}

void
job_stop (struct job *job)
{
  if (job->plan != NULL)
    job->peer->plan_free (job->plan);
  if (job->closure != NULL)
    job->peer->closure_free (job->closure);
  if (job->peer->kind == FFCALL && job->code != NULL)
    ffcall_free (job->code);
}
