/* SPDX-License-Identifier: MIT */
/* The sweep's program: tables of types and signatures, which program.py writes, and what
   the peers are measured doing with them.  */

#ifndef SWEEP_H
#define SWEEP_H

#include "../bench.h"

#define SWEEP_MOST_ARGS 64
/* Room for any value, and for a result as libffi widens it.  */
#define SWEEP_VALUE 512

enum leaf_kind
{
  LEAF_BYTES,
  LEAF_FLOAT,
  LEAF_DOUBLE,
  LEAF_LONG_DOUBLE
};

/* A number in a value: what lies between leaves is padding.  */
struct leaf
{
  unsigned short offset, size;
  enum leaf_kind kind;
};

struct value_type
{
  const char *symbol; /* libffi's object; NULL: a struct */
  size_t size;
  bool integer; /* which libffi widens as a result */
  const struct leaf *leaves;
  unsigned n_leaves;
  const unsigned *members; /* numbers of types */
  unsigned n_members;
  handler_fn handler; /* of closures with such a result: stores sweep_result */
};

struct sweep_signature
{
  unsigned result, nargs;
  const unsigned *args;
  code_fn target;  /* returns sweep_result */
  code_fn checked; /* the same, and hands its arguments to sweep_seen */
  /* Call CODE N times, at least once, with the values; the last result goes to RET.  */
  void (*loop) (code_fn code, long n, void *ret);
  void **values;
  call_fn ffcall_call; /* NULL: libffcall lacks a type of it */
  void *ffcall_callback;
};

struct sweep_chunk
{
  const struct sweep_signature *signatures;
  unsigned n;
};

extern const struct value_type sweep_types[];
extern const unsigned n_sweep_types;
extern const struct sweep_chunk sweep_chunks[];
extern const unsigned n_sweep_chunks;

unsigned n_sweep_signatures (void);
const struct sweep_signature *sweep_signature_number (unsigned number);

/* libffcall's alloc_callback and free_callback, if it is there.  */
void *sweep_ffcall_alloc (void *callback, void *data);
void sweep_ffcall_free (void *code);

/* values.c: the arguments' values and the results that are expected.  */
extern char sweep_result[SWEEP_VALUE];
extern bool sweep_checks;

void sweep_fill (const struct sweep_signature *sig);
/* Between sweep_begin and sweep_end exactly one call has to hand over, with sweep_seen,
   the arguments that sweep_fill made.  RESULT is what the caller got: libffi widens it if
   WIDENED.  */
void sweep_begin (const struct sweep_signature *sig);
void sweep_seen (void **args);
bool sweep_end (const void *result, bool widened);

/* operations.c  */
struct sweep_job
{
  struct peer *peer;
  const struct sweep_signature *sig;
  ffi_type **types; /* PEER's, by number; NULL: it lacks one */
  ffi_type *result, *args[SWEEP_MOST_ARGS];
  void *values[SWEEP_MOST_ARGS]; /* libffi 3.4's ffi_call writes into the array */
  ffi_cif cif;
  void *closure, *code;
  void *plan;
};

struct operation
{
  const char *name;
  bool (*setup) (struct sweep_job *); /* false: the peer has no such thing */
  void (*run) (struct sweep_job *, long n);
  bool (*check) (struct sweep_job *);
};

extern const struct operation sweep_operations[];
extern const unsigned n_sweep_operations;

bool sweep_job_start (struct sweep_job *job, const struct operation *operation);
void sweep_job_stop (struct sweep_job *job);

#endif
