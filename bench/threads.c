/* SPDX-License-Identifier: MIT */
/* alloc+prep+free by two threads on two processors, against one thread.  */

#define _GNU_SOURCE
#include "bench.h"
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

#define ROUNDS 61

struct worker
{
  struct job job;
  pthread_t thread;
  unsigned cpu;
  double start, end;
};

static struct worker workers[2];
static long batch;
static atomic_int waiting;

static void *
work (void *argument)
{
  struct worker *worker = argument;

  pin_to_cpu (worker->cpu);
  worker->job.run (&worker->job, batch / 20 + 1);
  /* Spin: a futex would start the threads one after the other.  */
  atomic_fetch_sub (&waiting, 1);
  while (atomic_load (&waiting) > 0)
    ;
  worker->start = now_ns ();
  worker->job.run (&worker->job, batch);
  worker->end = now_ns ();
  return NULL;
}

/* ns per operation of one of N threads that work at the same time.  */
static double
time_threads (unsigned n)
{
  atomic_store (&waiting, (int) n);
  for (unsigned i = 0; i < n; i++)
    {
      workers[i].cpu = i;
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

/* Measure what the workers' jobs do.  */
static void
measure (bool quick)
{
  double one[ROUNDS], two[ROUNDS];
  unsigned rounds = quick ? 5 : ROUNDS;

  batch = quick ? 20000 : 30000;
  for (unsigned r = 0; r < rounds; r++)
    {
      one[r] = time_threads (1);
      two[r] = time_threads (2);
    }
  double alone = quartile (one, rounds), together = quartile (two, rounds);
  printf ("\"one_ns\": %.2f, \"two_ns\": %.2f, \"scaling\": %.3f}\n", alone, together,
          2 * alone / together);
}

static void
measure_peer (const struct group *group, struct peer *peer, bool quick)
{
  const char *trouble = job_start (&workers[0].job, group, peer, 1);

  if (trouble == NULL)
    trouble = job_start (&workers[1].job, group, peer, 1);
  printf ("{\"group\": \"threads\", \"peer\": \"%s\", ", peer->name);
  if (trouble != NULL)
    {
      printf ("\"trouble\": \"%s\"}\n", trouble);
      return;
    }
  measure (quick);
  job_stop (&workers[0].job);
  job_stop (&workers[1].job);
}

/* Calls of a C function: what the machine itself gives two threads, each with as much to
   do at once as in what is measured.  */
static void
run_calls (struct job *job, long n)
{
  (void) job;
  signatures[4].loop (signatures[4].target, 6 * n);
}

void
measure_threads (struct peer *peers, unsigned n_peers, bool quick)
{
  const struct group *group = &groups[n_groups - 1];

  if (allowed_cpus () < 2)
    return;
  for (unsigned p = 0; p < n_peers; p++)
    if (peers[p].kind != FLOOR)
      measure_peer (group, &peers[p], quick);
  workers[0].job.run = workers[1].job.run = run_calls;
  printf ("{\"group\": \"threads\", \"peer\": \"floor\", ");
  measure (quick);
}
