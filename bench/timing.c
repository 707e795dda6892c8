/* SPDX-License-Identifier: MIT */
/* Times and counts of the jobs.

   The peers of a case take turns, a batch each, for many rounds; the order
   rotates.  Each round also times a loop that is the same for all.  The half of
   the rounds in which it was fastest counts, as something else slowed down the
   machine in the others; of those, the median time and the median of the ratios
   within a round are reported.  */

#include "bench.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_ROUNDS 41

static double
time_batch (struct job *job, long n)
{
  double start = now_ns ();
  job->run (job, n);
  return (now_ns () - start) / (double) n;
}

/* The number of operations that takes about NS.  */
static long
batch_size (struct job *job, double ns)
{
  long n = 100;
  double each;

  while ((each = time_batch (job, n)) * (double) n < ns / 4)
    n *= 2;
  return (long) (ns / each) + 1;
}

struct result
{
  const char *trouble;
  long batch;
  double ns[MAX_ROUNDS], ratio[MAX_ROUNDS];
};

/* A fixed amount of work, with as much for the processor to do at once as in what
   is measured.  */
static double
calibrate (void)
{
  double start = now_ns ();
  signatures[4].loop (signatures[4].target, 10000);
  return now_ns () - start;
}

/* Move those of the N VALUES to the front whose CALIBRATIONS are at most LIMIT;
   returns how many.  */
static unsigned
keep_quiet (double *values, const double *calibrations, unsigned n, double limit)
{
  unsigned kept = 0;

  for (unsigned i = 0; i < n; i++)
    if (calibrations[i] <= limit)
      values[kept++] = values[i];
  return kept;
}

static void
print_result (const struct group *group, unsigned signature, struct peer *peer,
              struct result *r, const double *calibrations, unsigned rounds)
{
  double sorted[MAX_ROUNDS];

  printf ("{\"group\": \"%s\", \"case\": \"%s\", \"peer\": \"%s\", ", group->name,
          signature_number (signature)->name, peer->name);
  if (r->trouble != NULL)
    {
      printf ("\"trouble\": \"%s\"}\n", r->trouble);
      return;
    }
  memcpy (sorted, calibrations, rounds * sizeof *sorted);
  double limit = median (sorted, rounds);
  unsigned n = keep_quiet (r->ratio, calibrations, rounds, limit);
  if (r->ratio[0] > 0)
    printf ("\"ratio\": %.4f, ", median (r->ratio, n));
  n = keep_quiet (r->ns, calibrations, rounds, limit);
  printf ("\"ns\": %.3f, \"calibration\": %.0f}\n", median (r->ns, n), limit);
}

static void
time_case (const struct group *group, unsigned signature, struct peer *peers,
           unsigned n_peers, bool quick)
{
  static struct job jobs[MAX_PEERS];
  static struct result results[MAX_PEERS];
  double calibrations[MAX_ROUNDS];
  unsigned rounds = quick ? 15 : MAX_ROUNDS;
  double batch_ns = quick ? 1e5 : 2e5;

  for (unsigned p = 0; p < n_peers; p++)
    {
      results[p].trouble = job_start (&jobs[p], group, &peers[p], signature);
      if (results[p].trouble == NULL)
        results[p].batch = batch_size (&jobs[p], batch_ns);
    }

  for (unsigned round = 0; round < rounds; round++)
    {
      calibrations[round] = calibrate ();
      for (unsigned i = 0; i < n_peers; i++)
        {
          unsigned p = (i + round) % n_peers;
          if (results[p].trouble == NULL)
            results[p].ns[round] = time_batch (&jobs[p], results[p].batch);
        }
      calibrations[round] += calibrate ();
      for (unsigned p = 0; p < n_peers; p++)
        results[p].ratio[round] = results[0].trouble == NULL
                                      ? results[p].ns[round] / results[0].ns[round]
                                      : 0;
    }

  for (unsigned p = 0; p < n_peers; p++)
    {
      print_result (group, signature, &peers[p], &results[p], calibrations, rounds);
      job_stop (&jobs[p]);
    }
}

/* int(int), for the groups in which the signature makes no difference.  */
#define ONLY_SIGNATURE 1

static bool
has_case (const struct group *group, unsigned signature)
{
  if (signature >= N_SIGNATURES)
    return group->conventions;
  return !group->only_int || signature == ONLY_SIGNATURE;
}

void
time_groups (struct peer *peers, unsigned n_peers, bool quick)
{
  for (unsigned g = 0; g < n_groups; g++)
    for (unsigned s = 0; s < N_SIGNATURES + n_conventions; s++)
      if (has_case (&groups[g], s))
        time_case (&groups[g], s, peers, n_peers, quick);
}

/* Counts.  Under `valgrind --tool=callgrind --dump-before=bench_mark' every
   call of bench_mark ends a profile; the program says which profile is what.
   N and 2 N operations are profiled, so the difference is N operations and
   nothing else.  */

#define COUNTED 500

static void
count_job (const struct group *group, unsigned signature, struct peer *peer)
{
  static struct job job;
  const char *trouble = job_start (&job, group, peer, signature);

  printf ("{\"group\": \"%s\", \"case\": \"%s\", \"peer\": \"%s\", ", group->name,
          signature_number (signature)->name, peer->name);
  if (trouble != NULL)
    printf ("\"trouble\": \"%s\"}\n", trouble);
  else
    {
      job.run (&job, COUNTED); /* whatever only the first calls do */
      bench_mark ();
      job.run (&job, COUNTED);
      bench_mark ();
      job.run (&job, 2 * COUNTED);
      bench_mark ();
      printf ("\"n\": %d}\n", COUNTED);
    }
  job_stop (&job);
}

static void
count_group (const struct group *group, struct peer *peers, unsigned n_peers)
{
  for (unsigned s = 0; s < N_SIGNATURES + n_conventions; s++)
    for (unsigned p = 0; p < n_peers; p++)
      if (has_case (group, s))
        count_job (group, s, &peers[p]);
}

void
count_groups (struct peer *peers, unsigned n_peers)
{
  for (unsigned g = 0; g < n_groups; g++)
    count_group (&groups[g], peers, n_peers);
  count_group (&direct, peers, n_peers);
}

/* For a profiler: SPEC is PEER:GROUP:SIGNATURE:N, the signature by its number in
   signatures[].  */
void
run_one (struct peer *peers, unsigned n_peers, const char *spec)
{
  static struct job job;
  char peer[32], group[32];
  unsigned signature;
  long n;

  if (sscanf (spec, "%31[^:]:%31[^:]:%u:%ld", peer, group, &signature, &n) == 4
      && signature < N_SIGNATURES + n_conventions)
    for (unsigned p = 0; p < n_peers; p++)
      for (unsigned g = 0; g < n_groups; g++)
        if (strcmp (peers[p].name, peer) == 0 && strcmp (groups[g].name, group) == 0)
          {
            const char *trouble = job_start (&job, &groups[g], &peers[p], signature);
            if (trouble == NULL)
              job.run (&job, n);
            printf ("%s %s %s: %s\n", peer, group, signature_number (signature)->name,
                    trouble != NULL ? trouble : "done");
            return;
          }
  fprintf (stderr, "bench: --one PEER:GROUP:SIGNATURE NUMBER:N\n");
  exit (2);
}
