/* SPDX-License-Identifier: MIT */
/* Closures by several threads: replaced, each thread its own; by more threads than there
   are processors; by threads that come and go; freed by another thread.  */

#define _GNU_SOURCE
#include "bench.h"
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>

#define ROUNDS 31
#define MOST_LIVE 1000
#define CROWD 200 /* threads, more than this library has places for */
#define BRIEF 40  /* closures that a thread of a crowd that comes and goes makes */

struct worker
{
  struct job job;
  const struct scenario *scenario;
  pthread_t thread;
  unsigned number;
  double start, end;
};

/* What THREADS threads do, each N operations.  */
struct scenario
{
  const char *name;
  unsigned threads, live;
  void (*work) (struct worker *, long n);
};

static struct worker workers[CROWD];
static long batch;
static atomic_int waiting;

/* A closure of JOB's peer, whatever that is.  */
static void *
make (struct job *job)
{
  struct peer *peer = job->peer;
  void *code;

  if (peer->kind == FFCALL)
    return ffcall_alloc (job->sig_index, job);
  ffi_closure *closure = peer->closure_alloc (sizeof *closure, &code);
  peer->prep_closure_loc (closure, &job->cif, job->sig->handler, job, code);
  return closure;
}

static void
drop (struct job *job, void *closure)
{
  if (job->peer->kind == FFCALL)
    ffcall_free (closure);
  else
    job->peer->closure_free (closure);
}

/* Free the oldest of the live closures and make another, N times.  */
static void
replace (struct worker *worker, long n)
{
  unsigned live = worker->scenario->live, at = 0;
  void *closures[MOST_LIVE];

  for (unsigned i = 0; i < live; i++)
    closures[i] = make (&worker->job);
  worker->start = now_ns ();
  while (n-- > 0)
    {
      drop (&worker->job, closures[at]);
      closures[at] = make (&worker->job);
      at = at + 1 < live ? at + 1 : 0;
    }
  worker->end = now_ns ();
  for (unsigned i = 0; i < live; i++)
    drop (&worker->job, closures[i]);
}

/* Calls of a C function: what the machine itself gives the threads, each with as much to
   do at once as in what is measured.  */
static void
call (struct worker *worker, long n)
{
  worker->start = now_ns ();
  signatures[4].loop (signatures[4].target, 6 * n);
  worker->end = now_ns ();
}

/* The first thread makes closures and hands them over a ring to the second, which frees
   them.  */
static void
hand_over (struct worker *worker, long n)
{
  static _Atomic (void *) ring[256];

  worker->start = now_ns ();
  for (long i = 0; i < n; i++)
    {
      _Atomic (void *) *at = &ring[i % 256];
      void *closure;
      if (worker->number == 0)
        {
          closure = make (&worker->job);
          while (atomic_load (at) != NULL)
            sched_yield ();
          atomic_store (at, closure);
          continue;
        }
      while ((closure = atomic_exchange (at, NULL)) == NULL)
        sched_yield ();
      drop (&worker->job, closure);
    }
  worker->end = now_ns ();
}

/* Threads, one after the other, that make some closures, free them and end.  */
static void *
live_briefly (void *argument)
{
  struct job *job = argument;
  void *closures[BRIEF];

  for (unsigned i = 0; i < BRIEF; i++)
    closures[i] = make (job);
  for (unsigned i = 0; i < BRIEF; i++)
    drop (job, closures[i]);
  return NULL;
}

static void
come_and_go (struct worker *worker, long n)
{
  worker->start = now_ns ();
  for (; n > 0; n -= BRIEF)
    {
      pthread_t thread;
      pthread_create (&thread, NULL, live_briefly, &worker->job);
      pthread_join (thread, NULL);
    }
  worker->end = now_ns ();
}

static const struct scenario scenarios[] = {
  { "replace 1", 2, 1, replace },          { "replace 64", 2, 64, replace },
  { "replace 192", 2, 192, replace },      { "replace 1000", 2, 1000, replace },
  { "crowd", CROWD, 3, replace },          { "come and go", 2, 0, come_and_go },
  { "freed by another", 2, 0, hand_over },
};
static const struct scenario machine = { "C calls", 2, 0, call };

static void *
work (void *argument)
{
  struct worker *worker = argument;

  pin_to_cpu (worker->number % allowed_cpus ());
  /* Spin: a futex would start the threads one after the other.  */
  atomic_fetch_sub (&waiting, 1);
  while (atomic_load (&waiting) > 0)
    sched_yield ();
  worker->scenario->work (worker, batch);
  return NULL;
}

/* ns per operation of one of N threads that work at the same time.  */
static double
time_threads (const struct scenario *scenario, unsigned n)
{
  atomic_store (&waiting, (int) n);
  for (unsigned i = 0; i < n; i++)
    {
      workers[i].number = i;
      workers[i].scenario = scenario;
      pthread_create (&workers[i].thread, NULL, work, &workers[i]);
    }
  double start = 0, end = 0;
  for (unsigned i = 0; i < n; i++)
    {
      pthread_join (workers[i].thread, NULL);
      if (i == 0 || workers[i].start < start)
        start = workers[i].start;
      if (i == 0 || workers[i].end > end)
        end = workers[i].end;
    }
  return (end - start) / (double) batch;
}

/* The time that a quarter of the ROUNDS beats.  Other processes only ever slow
   two threads down, so the median would say more about them.  */
static double
quartile (double *values, unsigned rounds)
{
  median (values, rounds); /* sorts */
  return values[rounds / 4];
}

/* By one thread and by all of SCENARIO, in turn, by each peer of JOBS.  What takes
   several threads anyway has no figure of one; a crowd's are those of the processors that
   it has.  */
static void
measure (const struct scenario *scenario, const struct job *jobs, unsigned n_jobs,
         bool quick)
{
  static double one[MAX_PEERS][ROUNDS], all[MAX_PEERS][ROUNDS];
  unsigned rounds = quick ? 3 : ROUNDS, n = scenario->threads, cpus = allowed_cpus ();
  bool alone = scenario->work != hand_over;

  for (unsigned r = 0; r < rounds; r++)
    for (unsigned j = 0; j < n_jobs; j++)
      {
        for (unsigned i = 0; i < n; i++)
          workers[i].job = jobs[j];
        batch = (quick ? 4000 : 20000) * (n > cpus ? 0.1 : 1);
        one[j][r] = alone ? time_threads (scenario, 1) : 0;
        all[j][r] = time_threads (scenario, n) * (n > cpus ? (double) cpus / n : 1);
      }
  for (unsigned j = 0; j < n_jobs; j++)
    {
      double first = quartile (one[j], rounds), together = quartile (all[j], rounds);
      printf ("{\"group\": \"threads\", \"case\": \"%s\", \"peer\": \"%s\", ",
              scenario->name, jobs[j].peer->name);
      if (alone)
        printf ("\"one_ns\": %.2f, \"scaling\": %.3f, ", first,
                (n < cpus ? n : cpus) * first / together);
      printf ("\"all_ns\": %.2f}\n", together);
    }
}

void
measure_threads (struct peer *peers, unsigned n_peers, bool quick)
{
  static struct job jobs[MAX_PEERS];
  static struct peer floor = { .name = "floor", .kind = FLOOR };
  const struct group *group = &groups[n_groups - 1];
  unsigned n_jobs = 0;

  if (allowed_cpus () < 2)
    return;
  for (unsigned p = 0; p < n_peers; p++)
    if (peers[p].kind != FLOOR)
      {
        const char *trouble = job_start (&jobs[n_jobs], group, &peers[p], 1);
        if (trouble == NULL)
          n_jobs++;
        else
          printf ("{\"group\": \"threads\", \"peer\": \"%s\", \"trouble\": \"%s\"}\n",
                  peers[p].name, trouble);
      }
  for (unsigned i = 0; i < sizeof scenarios / sizeof *scenarios; i++)
    measure (&scenarios[i], jobs, n_jobs, quick);
  measure (&machine, &(struct job){ .peer = &floor }, 1, quick);
}
