/* SPDX-License-Identifier: MIT */
/* What the parts of the benchmark program share.

   A *peer* is one implementation: a libffi loaded by path, GNU libffcall, or
   the floor, hand-written code for each signature.  A *signature* is one C
   prototype with everything the peers need to call it and be called through
   it.  A *job* is one peer doing one thing (a *group*) with one signature.  */

#ifndef BENCH_H
#define BENCH_H

#include <ffi.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MAX_ARGS 8
#define MAX_PEERS 8
#define N_SIGNATURES 9

typedef void (*code_fn) (void);
typedef void (*handler_fn) (ffi_cif *, void *, void **, void *);
/* ffi_call, ffi_call_plan_invoke and the floor's calls, all the same shape.  */
typedef void (*call_fn) (void *cif, code_fn fn, void *rvalue, void **avalue);

enum type
{
  T_VOID,
  T_SHORT,
  T_INT,
  T_LONG,
  T_PTR,
  T_FLOAT,
  T_DOUBLE,
  T_LONGS,   /* struct longs */
  T_DOUBLES, /* struct doubles */
  N_TYPES
};

struct longs
{
  long a, b;
};

struct doubles
{
  double a, b;
};

struct signature
{
  const char *name;
  enum type rtype;
  unsigned nargs;
  enum type args[MAX_ARGS];
  code_fn target;     /* a C function of this signature */
  handler_fn handler; /* the same as a closure's handler */
  /* Call CODE N times and return a checksum of the results.  */
  uint64_t (*loop) (code_fn code, long n);
  void **values; /* the arguments for ffi_call */
  ffi_abi abi;   /* 0: the default */
};

extern const struct signature signatures[N_SIGNATURES];

/* The calling conventions that only i386 has; conventions.c.  A signature's number
   goes on here where signatures[] ends.  */
struct convention
{
  struct signature sig;
  code_fn floor_entry;
  call_fn floor_call;
};
extern const struct convention conventions[];
extern const unsigned n_conventions;

const struct signature *signature_number (unsigned number);

/* What void (void) counts.  */
extern unsigned long void_calls;

/* The closure of the floor's entries, which can only have one.  */
struct floor_closure
{
  handler_fn fun;
  ffi_cif *cif;
  void *user_data;
};
extern struct floor_closure floor_closure __attribute__ ((visibility ("hidden")));

/* Hand-written code, in the order of signatures[]; floor.c.  */
struct floor
{
  struct floor_closure *closure;
  const code_fn *entries;
  const call_fn *calls;
};
extern const struct floor floor_code;

/* libffcall's side of each signature; ffcall.c or ffcall_none.c.  */
extern const bool have_ffcall;
void *ffcall_alloc (unsigned signature, void *data);
void ffcall_free (void *code);
extern const call_fn ffcall_calls[N_SIGNATURES];

enum kind
{
  LIBFFI,
  FFCALL,
  FLOOR
};

struct peer
{
  const char *name;
  enum kind kind;
  const struct floor *floor; /* of FLOOR */
  /* The rest is for LIBFFI.  Call plans are null where the library has none.  */
  void *library; /* of dlopen */
  ffi_type *types[N_TYPES];
  ffi_type struct_types[2];
  ffi_type *elements[2][3];
  ffi_status (*prep_cif) (ffi_cif *, ffi_abi, unsigned, ffi_type *, ffi_type **);
  call_fn call;
  void *(*closure_alloc) (size_t, void **);
  ffi_status (*prep_closure_loc) (ffi_closure *, ffi_cif *, handler_fn, void *, void *);
  void (*closure_free) (void *);
  void *(*plan_alloc) (ffi_cif *);
  call_fn plan_invoke;
  void (*plan_free) (void *);
};

/* peers.c.  SPEC is NAME=PATH of a libffi or a floor, "libffcall", or "floor"
   or "near floor" for the program's own.  Exits if it cannot.  */
void peer_load (struct peer *peer, const char *spec);

struct job
{
  struct peer *peer;
  const struct signature *sig;
  unsigned sig_index;
  void (*run) (struct job *, long n);
  bool (*check) (struct job *);
  ffi_abi abi;
  ffi_cif cif;
  ffi_type *atypes[MAX_ARGS];
  void *closure, *code; /* of the closure groups */
  void *plan;           /* of the plan group */
  call_fn call;         /* of the call groups, and its first argument */
  void *call_cif;
};

struct group
{
  const char *name;
  bool only_int;    /* the signature makes no difference: measure int(int) */
  bool conventions; /* measure those, too */
  /* Make JOB ready to run; false if the peer has no such thing.  */
  bool (*setup) (struct job *job);
};

extern const struct group groups[];
/* The loop and the function that it calls, with nothing between.  */
extern const struct group direct;
extern const unsigned n_groups;

/* jobs.c.  Set JOB up and check, in a child process, that it gives the right
   result.  Returns null, or the word to show in place of a figure.  */
const char *job_start (struct job *job, const struct group *group, struct peer *peer,
                       unsigned signature);
void job_stop (struct job *job);

/* machine.c  */
double now_ns (void);
double median (double *values, unsigned n);
void pin_to_cpu (unsigned nth_allowed);
unsigned allowed_cpus (void);
void bench_mark (void);

/* timing.c  */
void time_groups (struct peer *peers, unsigned n_peers, bool quick);
void count_groups (struct peer *peers, unsigned n_peers);
void run_one (struct peer *peers, unsigned n_peers, const char *spec);

/* alloc.c, threads.c  */
void measure_bulk (struct peer *peer, long count);
void measure_largest (struct peer *peer, long limit);
void measure_threads (struct peer *peers, unsigned n_peers, bool quick);

#endif
