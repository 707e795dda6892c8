/* SPDX-License-Identifier: MIT */
/* bench MODE PEER...: prints one JSON object per line.  A peer is NAME=PATH of a
   libffi or a floor, "libffcall", "floor" or "near floor"; ratios refer to the first.  */

#include "bench.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
usage (void)
{
  fprintf (stderr,
           "usage: bench MODE PEER...\n"
           "  --time, --quick    time every case\n"
           "  --count            every case a fixed number of times, for callgrind\n"
           "  --one=P:G:S:N      group G, signature number S, N times by peer P\n"
           "  --threads, --quick-threads\n"
           "  --bulk=COUNT, --largest=LIMIT   for the first peer\n");
  exit (2);
}

static const char *
option (const char *argument, const char *name)
{
  size_t n = strlen (name);
  return strncmp (argument, name, n) == 0 ? argument + n : NULL;
}

int
main (int argc, char **argv)
{
  static struct peer peers[MAX_PEERS];
  unsigned n_peers = 0;
  const char *value;

  for (int i = 2; i < argc && n_peers < MAX_PEERS; i++)
    peer_load (&peers[n_peers++], argv[i]);
  if (n_peers == 0)
    usage ();
  setvbuf (stdout, NULL, _IOLBF, 0);

  const char *mode = argv[1];
  if (strstr (mode, "threads") == NULL)
    pin_to_cpu (allowed_cpus () - 1);
  if (strcmp (mode, "--time") == 0 || strcmp (mode, "--quick") == 0)
    time_groups (peers, n_peers, strcmp (mode, "--quick") == 0);
  else if (strcmp (mode, "--count") == 0)
    count_groups (peers, n_peers);
  else if ((value = option (mode, "--one=")) != NULL)
    run_one (peers, n_peers, value);
  else if (strcmp (mode, "--threads") == 0 || strcmp (mode, "--quick-threads") == 0)
    measure_threads (peers, n_peers, strcmp (mode, "--quick-threads") == 0);
  else if ((value = option (mode, "--bulk=")) != NULL)
    measure_bulk (&peers[0], strtol (value, NULL, 10));
  else if ((value = option (mode, "--largest=")) != NULL)
    measure_largest (&peers[0], strtol (value, NULL, 10));
  else
    usage ();
  return 0;
}
