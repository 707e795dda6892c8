/* SPDX-License-Identifier: MIT */
/* What the sweep measures of each signature, and the checks that a peer does it right. */

#include "sweep.h"
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

#define CALLS 3 /* of a closure that is prepared for a few */

static bool
is_libffi (const struct sweep_job *job)
{
  return job->peer->kind == LIBFFI;
}

static bool
prep_cif (struct sweep_job *job)
{
  const struct sweep_signature *sig = job->sig;

  job->result = job->types[sig->result];
  for (unsigned i = 0; i < sig->nargs; i++)
    if ((job->args[i] = job->types[sig->args[i]]) == NULL)
      return false;
  return job->result != NULL
         && job->peer->prep_cif (&job->cif, FFI_DEFAULT_ABI, sig->nargs, job->result,
                                 job->args)
                == FFI_OK;
}

/* call, plan */

static bool
setup_call (struct sweep_job *job)
{
  if (is_libffi (job))
    return prep_cif (job);
  return job->peer->kind == FFCALL && job->sig->ffcall_call != NULL;
}

static void
run_call (struct sweep_job *job, long n)
{
  char result[SWEEP_VALUE] __attribute__ ((aligned (16)));
  call_fn call = is_libffi (job) ? job->peer->call : job->sig->ffcall_call;
  code_fn target = job->sig->target;
  void **values = job->values;

  for (long i = 0; i < n; i++)
    call (&job->cif, target, result, values);
}

static bool
check_call_through (struct sweep_job *job, call_fn call, void *cif)
{
  char result[SWEEP_VALUE] __attribute__ ((aligned (16))) = { 0 };

  sweep_begin (job->sig);
  call (cif, job->sig->checked, result, job->values);
  return sweep_end (result, true);
}

static bool
check_call (struct sweep_job *job)
{
  return check_call_through (
      job, is_libffi (job) ? job->peer->call : job->sig->ffcall_call, &job->cif);
}

static bool
setup_plan (struct sweep_job *job)
{
  if (!is_libffi (job) || job->peer->plan_alloc == NULL || !prep_cif (job))
    return false;
  job->plan = job->peer->plan_alloc (&job->cif);
  return job->plan != NULL;
}

static void
run_plan (struct sweep_job *job, long n)
{
  char result[SWEEP_VALUE] __attribute__ ((aligned (16)));
  call_fn invoke = job->peer->plan_invoke;
  code_fn target = job->sig->target;
  void **values = job->values;

  for (long i = 0; i < n; i++)
    invoke (job->plan, target, result, values);
}

static bool
check_plan (struct sweep_job *job)
{
  return check_call_through (job, job->peer->plan_invoke, job->plan);
}

/* prep: struct types are laid out already, as those of bindings are */

static void
run_prep (struct sweep_job *job, long n)
{
  ffi_status (*prep) (ffi_cif *, ffi_abi, unsigned, ffi_type *, ffi_type **)
      = job->peer->prep_cif;
  unsigned nargs = job->sig->nargs;

  for (long i = 0; i < n; i++)
    prep (&job->cif, FFI_DEFAULT_ABI, nargs, job->result, job->args);
}

static bool
setup_prep (struct sweep_job *job)
{
  return is_libffi (job) && prep_cif (job);
}

/* closure, prep_closure_loc, prep_closure_loc+3 calls */

static void
checking_handler (ffi_cif *cif, void *ret, void **args, void *data)
{
  const struct sweep_job *job = data;

  sweep_seen (args);
  sweep_types[job->sig->result].handler (cif, ret, args, data);
}

static bool
prep_closure (struct sweep_job *job, handler_fn handler)
{
  return job->peer->prep_closure_loc (job->closure, &job->cif, handler, job, job->code)
         == FFI_OK;
}

static handler_fn
plain_handler (const struct sweep_job *job)
{
  return sweep_types[job->sig->result].handler;
}

static bool
setup_libffi_closure (struct sweep_job *job)
{
  if (!is_libffi (job) || !prep_cif (job))
    return false;
  job->closure = job->peer->closure_alloc (sizeof (ffi_closure), &job->code);
  return job->closure != NULL && prep_closure (job, plain_handler (job));
}

static bool
setup_closure (struct sweep_job *job)
{
  if (is_libffi (job))
    return setup_libffi_closure (job);
  if (job->peer->kind == FFCALL && job->sig->ffcall_callback != NULL)
    job->code = sweep_ffcall_alloc (job->sig->ffcall_callback, job);
  return job->code != NULL;
}

static bool
setup_direct (struct sweep_job *job)
{
  return job->peer->kind == FLOOR;
}

static void
call_code (struct sweep_job *job, code_fn code, long n)
{
  char result[SWEEP_VALUE] __attribute__ ((aligned (16)));
  job->sig->loop (code, n, result);
}

static void
run_closure (struct sweep_job *job, long n)
{
  call_code (job, (code_fn) job->code, n);
}

static void
run_direct (struct sweep_job *job, long n)
{
  call_code (job, job->sig->target, n);
}

static bool
check_code (struct sweep_job *job, code_fn code)
{
  char result[SWEEP_VALUE] __attribute__ ((aligned (16))) = { 0 };

  sweep_begin (job->sig);
  job->sig->loop (code, 1, result);
  return sweep_end (result, false);
}

static bool
check_closure (struct sweep_job *job)
{
  if (is_libffi (job) && !prep_closure (job, checking_handler))
    return false;
  bool ok = check_code (job, (code_fn) job->code);
  return ok && (!is_libffi (job) || prep_closure (job, plain_handler (job)));
}

static bool
check_direct (struct sweep_job *job)
{
  return check_code (job, job->sig->checked);
}

static void
run_prep_closure (struct sweep_job *job, long n)
{
  handler_fn handler = plain_handler (job);

  for (long i = 0; i < n; i++)
    prep_closure (job, handler);
}

static void
run_prep_and_calls (struct sweep_job *job, long n)
{
  handler_fn handler = plain_handler (job);

  for (long i = 0; i < n; i++)
    {
      prep_closure (job, handler);
      call_code (job, (code_fn) job->code, CALLS);
    }
}

const struct operation sweep_operations[] = {
  { "direct", setup_direct, run_direct, check_direct },
  { "call", setup_call, run_call, check_call },
  { "plan", setup_plan, run_plan, check_plan },
  { "closure", setup_closure, run_closure, check_closure },
  { "prep", setup_prep, run_prep, check_call },
  { "prep_closure", setup_libffi_closure, run_prep_closure, check_closure },
  { "prep_closure+3", setup_libffi_closure, run_prep_and_calls, check_closure },
};
const unsigned n_sweep_operations = sizeof sweep_operations / sizeof *sweep_operations;

/* Each peer has its own types: a library may know its own by their addresses.  */

static ffi_type *
make_type (struct peer *peer, const struct value_type *type, ffi_type **types)
{
  if (type->symbol != NULL)
    return dlsym (peer->library, type->symbol);

  ffi_type *made = calloc (1, sizeof *made);
  made->type = FFI_TYPE_STRUCT;
  made->elements = calloc (type->n_members + 1, sizeof *made->elements);
  for (unsigned i = 0; i < type->n_members; i++)
    if ((made->elements[i] = types[type->members[i]]) == NULL)
      return NULL;
  return made;
}

static ffi_type **
types_of (struct peer *peer)
{
  static struct
  {
    struct peer *peer;
    ffi_type **types;
  } known[MAX_PEERS];
  unsigned i = 0;

  while (known[i].peer != NULL && known[i].peer != peer)
    i++;
  if (known[i].peer == NULL)
    {
      known[i].peer = peer;
      known[i].types = calloc (n_sweep_types, sizeof (ffi_type *));
      for (unsigned t = 0; t < n_sweep_types; t++)
        known[i].types[t] = make_type (peer, &sweep_types[t], known[i].types);
    }
  return known[i].types;
}

bool
sweep_job_start (struct sweep_job *job, const struct operation *operation)
{
  job->closure = job->code = job->plan = NULL;
  memcpy (job->values, job->sig->values, job->sig->nargs * sizeof *job->values);
  job->types = is_libffi (job) ? types_of (job->peer) : NULL;
  return operation->setup (job);
}

void
sweep_job_stop (struct sweep_job *job)
{
  if (job->plan != NULL)
    job->peer->plan_free (job->plan);
  if (job->closure != NULL)
    job->peer->closure_free (job->closure);
  else if (job->code != NULL)
    sweep_ffcall_free (job->code);
}
