/* SPDX-License-Identifier: MIT */
/* Many closures at once.  Each measurement wants a process of its own, because
   what is measured is what stays behind in it.  */

#include "bench.h"
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* How measure_largest ended.  */
enum
{
  LIMIT,
  REFUSED,
  TIME_OUT,
  WRONG
};

struct pool
{
  struct peer *peer;
  ffi_cif cif;
  ffi_type *atypes[1];
  void **closures, **codes;
  long count;
};

/* Memory that is resident before the first figure is taken.  */
static void *
resident (size_t size)
{
  void *memory = mmap (NULL, size, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
  if (memory == MAP_FAILED)
    {
      perror ("bench: mmap");
      exit (2);
    }
  return memory;
}

static void
pool_make (struct pool *pool, struct peer *peer, long count)
{
  memset (pool, 0, sizeof *pool);
  pool->peer = peer;
  pool->count = count;
  pool->closures = resident ((size_t) count * sizeof (void *));
  pool->codes = resident ((size_t) count * sizeof (void *));
  if (peer->kind == LIBFFI)
    {
      pool->atypes[0] = peer->types[T_INT];
      peer->prep_cif (&pool->cif, FFI_DEFAULT_ABI, 1, peer->types[T_INT], pool->atypes);
    }
}

static void
swap (void **a, void **b)
{
  void *t = *a;
  *a = *b;
  *b = t;
}

/* Put the closures into random order, so that the program itself reads its arrays from
   one end to the other.  */
static void
shuffle (struct pool *pool)
{
  uint64_t random = 88172645463325252u;

  for (long i = pool->count - 1; i > 0; i--)
    {
      random ^= random << 13;
      random ^= random >> 7;
      random ^= random << 17;
      long j = (long) (random % (uint64_t) (i + 1));
      swap (&pool->closures[i], &pool->closures[j]);
      swap (&pool->codes[i], &pool->codes[j]);
    }
}

static bool
allocate (struct pool *pool, long i)
{
  if (pool->peer->kind == FFCALL)
    pool->closures[i] = pool->codes[i] = ffcall_alloc (1, pool);
  else
    pool->closures[i] = pool->peer->closure_alloc (sizeof (ffi_closure), &pool->codes[i]);
  return pool->closures[i] != NULL;
}

static bool
prepare (struct pool *pool, long i)
{
  return pool->peer->kind == FFCALL
         || pool->peer->prep_closure_loc (pool->closures[i], &pool->cif,
                                          signatures[1].handler, pool, pool->codes[i])
                == FFI_OK;
}

static void
release (struct pool *pool, long i)
{
  if (pool->peer->kind == FFCALL)
    ffcall_free (pool->closures[i]);
  else
    pool->peer->closure_free (pool->closures[i]);
}

static bool
right (struct pool *pool, long i)
{
  int (*f) (int) = (int (*) (int)) pool->codes[i];
  return f (1000) == 993;
}

/* Bytes of the process that are in memory, exactly.  */
static double
resident_bytes (void)
{
  char text[1024];
  double kib = 0;
  int fd = open ("/proc/self/smaps_rollup", O_RDONLY);
  ssize_t n = fd < 0 ? 0 : read (fd, text, sizeof text - 1);

  text[n > 0 ? n : 0] = 0;
  char *rss = strstr (text, "Rss:");
  if (rss != NULL)
    kib = strtod (rss + 4, NULL);
  close (fd);
  return kib * 1024;
}

static long
mappings (void)
{
  static char text[1 << 16];
  long lines = 0;
  ssize_t n;
  int fd = open ("/proc/self/maps", O_RDONLY);

  while ((n = read (fd, text, sizeof text)) > 0)
    for (ssize_t i = 0; i < n; i++)
      lines += text[i] == '\n';
  close (fd);
  return lines;
}

static void
disqualify (struct peer *peer, const char *what, const char *trouble)
{
  printf ("{\"group\": \"%s\", \"peer\": \"%s\", \"trouble\": \"%s\"}\n", what,
          peer->name, trouble);
  exit (0);
}

/* Processor time, the system's included: a run is too long to be left alone.  */
static double
cpu_ns (void)
{
  struct timespec t;
  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double) t.tv_sec * 1e9 + (double) t.tv_nsec;
}

/* Run STEP for the first N closures; ns each.  */
static double
sweep (struct pool *pool, long n, bool (*step) (struct pool *, long))
{
  double start = cpu_ns ();
  for (long i = 0; i < n; i++)
    if (!step (pool, i))
      disqualify (pool->peer, "bulk", "failed");
  return (cpu_ns () - start) / (double) n;
}

static bool
release_step (struct pool *pool, long i)
{
  release (pool, i);
  return true;
}

void
measure_bulk (struct peer *peer, long count)
{
  struct pool pool;

  pool_make (&pool, peer, count);
  /* One closure first: what the library sets up once is not per closure.  */
  if (!allocate (&pool, 0) || !prepare (&pool, 0) || !right (&pool, 0))
    disqualify (peer, "bulk", "wrong");
  release (&pool, 0);
  double rss = resident_bytes ();
  long maps = mappings ();

  double alloc = sweep (&pool, count, allocate);
  double prep = sweep (&pool, count, prepare);
  double rss_full = resident_bytes ();
  long maps_full = mappings ();
  for (long i = 0; i < count; i += 97)
    if (!right (&pool, i))
      disqualify (peer, "bulk", "wrong");

  /* A random half goes and comes back, then all go in random order.  */
  shuffle (&pool);
  sweep (&pool, count / 2, release_step);
  double again = sweep (&pool, count / 2, allocate);
  sweep (&pool, count / 2, prepare);
  for (long i = 0; i < count; i += 97)
    if (!right (&pool, i))
      disqualify (peer, "bulk", "wrong");
  shuffle (&pool);
  double free_ns = sweep (&pool, count, release_step);

  printf ("{\"group\": \"bulk\", \"peer\": \"%s\", \"count\": %ld, \"alloc_ns\": %.2f, "
          "\"prep_ns\": %.2f, \"free_ns\": %.2f, \"again_ns\": %.2f, \"bytes\": %.1f, "
          "\"mappings\": %.3f, \"left_mb\": %.3f}\n",
          peer->name, count, alloc, prep, free_ns, again,
          (rss_full - rss) / (double) count,
          (double) (maps_full - maps) * 1000 / (double) count,
          (resident_bytes () - rss) / 1e6);
}

/* How many closures can be had, up to LIMIT or for as long as ten seconds.  */
static void
allocate_many (struct pool *pool, long limit, long *count)
{
  double start = now_ns ();

  while (*count < limit && allocate (pool, 0))
    {
      /* Prepared and called now and then, so that they are real.  */
      if (*count % 10007 == 0 && !(prepare (pool, 0) && right (pool, 0)))
        _exit (WRONG);
      if (++*count % 256 == 0 && now_ns () - start > 10e9)
        _exit (TIME_OUT);
    }
  _exit (*count < limit ? REFUSED : LIMIT);
}

/* In a child, because libffcall aborts where it gets no more memory.  */
void
measure_largest (struct peer *peer, long limit)
{
  static const char *const ends[] = {
    [LIMIT] = "limit", [REFUSED] = "refused", [TIME_OUT] = "time", [WRONG] = "wrong"
  };
  struct pool pool;
  int status = 0;
  long *count = mmap (NULL, sizeof *count, PROT_READ | PROT_WRITE,
                      MAP_SHARED | MAP_ANONYMOUS, -1, 0);

  pool_make (&pool, peer, 1);
  pid_t child = fork ();
  if (child == 0)
    allocate_many (&pool, limit, count);
  waitpid (child, &status, 0);
  printf ("{\"group\": \"largest\", \"peer\": \"%s\", \"count\": %ld, \"end\": \"%s\"}\n",
          peer->name, *count, WIFEXITED (status) ? ends[WEXITSTATUS (status)] : "crash");
}
