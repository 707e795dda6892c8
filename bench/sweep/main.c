/* SPDX-License-Identifier: MIT */
/* sweep MODE PEER...: every operation with every signature by every peer, after a check;
   prints a line "SIGNATURE OPERATION PEER FIGURE" for each.  The figure is the least time
   of an operation in ns (--time), the number that is profiled between calls of bench_mark
   (--count), or n/a, wrong or crash.  */

#include "sweep.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define BATCH_NS 15000
#define TURNS 9
#define COUNTED 4

static struct peer peers[MAX_PEERS];
static unsigned n_peers;
static bool wanted[16]; /* operations */

/* A peer "floor" has no code of its own here: it is the compiler's direct call.  */
const struct floor floor_code;

enum verdict
{
  UNKNOWN,
  RUNNING, /* left by a crash */
  ABSENT,
  WRONG,
  RIGHT
};
static const char *const troubles[] = { "n/a", "crash", "n/a", "wrong" };

/* By signature, operation and peer; shared with the child that checks.  */
static unsigned char *verdicts;

static unsigned char *
verdict_at (unsigned signature, unsigned operation, unsigned peer)
{
  return &verdicts[(signature * n_sweep_operations + operation) * n_peers + peer];
}

static void
check (unsigned char *verdict, const struct operation *operation, struct sweep_job *job)
{
  *verdict = RUNNING;
  if (!sweep_job_start (job, operation))
    {
      *verdict = ABSENT;
      sweep_job_stop (job);
      return;
    }
  bool right = operation->check (job);
  sweep_job_stop (job);
  *verdict = right ? RIGHT : WRONG;
}

/* Check what has no verdict yet; a crash leaves one.  */
static void
check_rest (void)
{
  for (unsigned s = 0; s < n_sweep_signatures (); s++)
    {
      const struct sweep_signature *sig = sweep_signature_number (s);
      sweep_fill (sig);
      for (unsigned o = 0; o < n_sweep_operations; o++)
        for (unsigned p = 0; p < n_peers; p++)
          {
            struct sweep_job job = { .peer = &peers[p], .sig = sig };
            unsigned char *verdict = verdict_at (s, o, p);
            if (wanted[o] && *verdict == UNKNOWN)
              check (verdict, &sweep_operations[o], &job);
          }
    }
}

static void
check_all (void)
{
  size_t size = (size_t) n_sweep_signatures () * n_sweep_operations * n_peers;
  int status;

  verdicts
      = mmap (NULL, size + 1, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (verdicts == MAP_FAILED)
    exit (2);
  do
    {
      pid_t child = fork ();
      if (child == 0)
        {
          alarm (600);
          check_rest ();
          _exit (0);
        }
      if (child < 0 || waitpid (child, &status, 0) != child)
        exit (2);
    }
  while (!WIFEXITED (status));
}

static void
print (unsigned signature, unsigned operation, unsigned peer, double figure)
{
  unsigned char verdict = *verdict_at (signature, operation, peer);

  printf ("%u %s %s ", signature, sweep_operations[operation].name, peers[peer].name);
  if (verdict == RIGHT)
    printf ("%.3f\n", figure);
  else
    printf ("%s\n", troubles[verdict]);
}

static double
time_batch (struct sweep_job *job, const struct operation *operation, long n)
{
  double start = now_ns ();
  operation->run (job, n);
  return (now_ns () - start) / (double) n;
}

/* The peers take turns, a batch each.  */
static void
time_operation (unsigned s, unsigned o)
{
  const struct operation *operation = &sweep_operations[o];
  struct sweep_job jobs[MAX_PEERS];
  long batch[MAX_PEERS];
  double least[MAX_PEERS];

  for (unsigned p = 0; p < n_peers; p++)
    {
      jobs[p]
          = (struct sweep_job){ .peer = &peers[p], .sig = sweep_signature_number (s) };
      if (*verdict_at (s, o, p) != RIGHT || !sweep_job_start (&jobs[p], operation))
        continue;
      operation->run (&jobs[p], 8);
      least[p] = time_batch (&jobs[p], operation, 32);
      batch[p] = (long) (BATCH_NS / least[p]) + 4;
    }
  for (unsigned turn = 0; turn < TURNS; turn++)
    for (unsigned i = 0; i < n_peers; i++)
      {
        unsigned p = (i + turn) % n_peers;
        if (*verdict_at (s, o, p) != RIGHT)
          continue;
        double ns = time_batch (&jobs[p], operation, batch[p]);
        if (ns < least[p])
          least[p] = ns;
      }
  for (unsigned p = 0; p < n_peers; p++)
    {
      print (s, o, p, least[p]);
      if (*verdict_at (s, o, p) == RIGHT)
        sweep_job_stop (&jobs[p]);
    }
}

static void
count_operation (unsigned s, unsigned o)
{
  const struct operation *operation = &sweep_operations[o];

  for (unsigned p = 0; p < n_peers; p++)
    {
      struct sweep_job job = { .peer = &peers[p], .sig = sweep_signature_number (s) };
      if (*verdict_at (s, o, p) == RIGHT && sweep_job_start (&job, operation))
        {
          operation->run (&job, COUNTED);
          bench_mark ();
          operation->run (&job, COUNTED);
          bench_mark ();
          operation->run (&job, 2 * COUNTED);
          bench_mark ();
          sweep_job_stop (&job);
        }
      print (s, o, p, COUNTED);
    }
}

/* For a profiler: PEER:OPERATION:SIGNATURE:N.  */
static void
profile (const char *spec)
{
  char peer[32], operation[32];
  unsigned s;
  long n;

  if (sscanf (spec, "%31[^:]:%31[^:]:%u:%ld", peer, operation, &s, &n) == 4
      && s < n_sweep_signatures ())
    for (unsigned p = 0; p < n_peers; p++)
      for (unsigned o = 0; o < n_sweep_operations; o++)
        if (strcmp (peers[p].name, peer) == 0
            && strcmp (sweep_operations[o].name, operation) == 0)
          {
            struct sweep_job job
                = { .peer = &peers[p], .sig = sweep_signature_number (s) };
            sweep_fill (job.sig);
            if (sweep_job_start (&job, &sweep_operations[o]))
              sweep_operations[o].run (&job, n);
            return;
          }
  fprintf (stderr, "sweep: --one=PEER:OPERATION:SIGNATURE NUMBER:N\n");
  exit (2);
}

/* Names of operations with commas between; NULL: all.  */
static void
choose (char *names)
{
  for (unsigned o = 0; o < n_sweep_operations; o++)
    wanted[o] = names == NULL;
  for (char *name = names != NULL ? strtok (names, ",") : NULL; name != NULL;
       name = strtok (NULL, ","))
    for (unsigned o = 0; o < n_sweep_operations; o++)
      if (strcmp (sweep_operations[o].name, name) == 0)
        wanted[o] = true;
}

int
main (int argc, char **argv)
{
  char *mode = argc > 1 ? argv[1] : "", *names = strchr (mode, '=');

  for (int i = 2; i < argc && n_peers < MAX_PEERS; i++)
    peer_load (&peers[n_peers++], argv[i]);
  setvbuf (stdout, NULL, _IOFBF, 1 << 16);
  if (strncmp (mode, "--one=", 6) == 0)
    return profile (mode + 6), 0;
  bool count = strncmp (mode, "--count", 7) == 0;
  if (n_peers == 0 || (!count && strncmp (mode, "--time", 6) != 0))
    {
      fprintf (stderr,
               "usage: sweep --time[=OPERATION,...]|--count[=...]|--one=... PEER...\n");
      return 2;
    }
  pin_to_cpu (allowed_cpus () - 1);
  choose (names != NULL ? names + 1 : NULL);
  check_all ();
  for (unsigned s = 0; s < n_sweep_signatures (); s++)
    {
      sweep_fill (sweep_signature_number (s));
      for (unsigned o = 0; o < n_sweep_operations; o++)
        if (wanted[o] && count)
          count_operation (s, o);
        else if (wanted[o])
          time_operation (s, o);
    }
  return 0;
}
