/* SPDX-License-Identifier: MIT */
/* What it costs to begin: startup syscalls|dlopen|memory NAME=PATH...

   A minimal process loads the library, makes and calls one closure, and makes
   one ffi_call.  A tracer counts the system calls of each step.  dlopen is timed, and
   the resident memory of a process with one closure read, in a fresh child each round,
   the libraries taking turns.  */

#include <dlfcn.h>
#include <fcntl.h>
#include <ffi.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MAX_PEERS 8
#define MAX_ROUNDS 201
#define MEMORY_ROUNDS 21

struct peer
{
  const char *name, *path;
  unsigned n;
  double figures[MAX_ROUNDS];
};

enum step
{
  LOAD,
  FIRST_CLOSURE,
  FIRST_CALL,
  N_STEPS
};

/* A system call that fails and that nobody else makes, between steps.  */
static void
mark (void)
{
  syscall (SYS_close, -4242);
}

static void
handler (ffi_cif *cif, void *ret, void **args, void *user_data)
{
  (void) cif, (void) user_data;
  *(ffi_sarg *) ret = *(int *) args[0] - 7;
}

static int
target (int a)
{
  return a - 7;
}

static void *library;

#define GET(name) __typeof__ (name) *get_##name = dlsym (library, #name)

static bool
first_closure (ffi_cif *cif)
{
  GET (ffi_closure_alloc);
  GET (ffi_prep_closure_loc);
  void *code;

  mark ();
  ffi_closure *closure = get_ffi_closure_alloc (sizeof *closure, &code);
  if (closure == NULL
      || get_ffi_prep_closure_loc (closure, cif, handler, NULL, code) != FFI_OK)
    return false;
  bool ok = ((int (*) (int)) code) (49) == 42;
  mark ();
  return ok;
}

static bool
first_call (ffi_cif *cif)
{
  GET (ffi_call);
  int argument = 49;
  void *values[] = { &argument };
  ffi_sarg ret;

  mark ();
  get_ffi_call (cif, FFI_FN (target), &ret, values);
  mark ();
  return ret == 42;
}

/* Prepare int (int) with the library.  */
static bool
prepare (ffi_cif *cif, ffi_type **types)
{
  GET (ffi_prep_cif);
  types[0] = dlsym (library, "ffi_type_sint32");
  return get_ffi_prep_cif (cif, FFI_DEFAULT_ABI, 1, types[0], types) == FFI_OK;
}

static bool
traced (const char *path)
{
  mark ();
  library = dlopen (path, RTLD_NOW | RTLD_LOCAL);
  mark ();
  ffi_type *types[1];
  ffi_cif cif;
  return library != NULL && prepare (&cif, types) && first_closure (&cif)
         && first_call (&cif);
}

/* Let CHILD run to its next system call's entry or exit; false at its end.  */
static bool
next_stop (pid_t child, int *status)
{
  ptrace (PTRACE_SYSCALL, child, NULL, NULL);
  return waitpid (child, status, 0) == child && WIFSTOPPED (*status);
}

static bool
is_mark (const struct __ptrace_syscall_info *info)
{
  return info->entry.nr == SYS_close && (int) info->entry.args[0] == -4242;
}

/* Odd marks begin a step, even ones end it.  */
static void
count_system_calls (pid_t child, unsigned *counts, int *status)
{
  struct __ptrace_syscall_info info;
  unsigned marks = 0;

  while (next_stop (child, status))
    {
      ptrace (PTRACE_GET_SYSCALL_INFO, child, (void *) sizeof info, &info);
      if (info.op != PTRACE_SYSCALL_INFO_ENTRY)
        continue;
      if (is_mark (&info))
        marks++;
      else if (marks % 2 == 1 && marks / 2 < N_STEPS)
        counts[marks / 2]++;
    }
}

static void
system_calls (const struct peer *peer)
{
  unsigned counts[N_STEPS] = { 0 };
  int status;

  pid_t child = fork ();
  if (child == 0)
    {
      ptrace (PTRACE_TRACEME, 0, NULL, NULL);
      raise (SIGSTOP);
      _exit (traced (peer->path) ? 0 : 1);
    }
  waitpid (child, &status, 0);
  ptrace (PTRACE_SETOPTIONS, child, NULL, (void *) PTRACE_O_TRACESYSGOOD);
  count_system_calls (child, counts, &status);

  printf ("{\"group\": \"syscalls\", \"peer\": \"%s\", ", peer->name);
  if (WIFEXITED (status) && WEXITSTATUS (status) == 0)
    printf ("\"load\": %u, \"closure\": %u, \"call\": %u}\n", counts[LOAD],
            counts[FIRST_CLOSURE], counts[FIRST_CALL]);
  else
    printf ("\"trouble\": \"wrong\"}\n");
}

static double
now_ns (void)
{
  struct timespec t;
  clock_gettime (CLOCK_MONOTONIC, &t);
  return (double) t.tv_sec * 1e9 + (double) t.tv_nsec;
}

/* ns of dlopen, or 0 if it fails.  */
static double
dlopen_ns (const char *path)
{
  double start = now_ns ();
  void *handle = dlopen (path, RTLD_NOW | RTLD_LOCAL);
  return handle != NULL ? now_ns () - start : 0;
}

/* KiB that this process has resident with one closure of the library, or 0 if that
   fails.  */
static double
resident_kib (const char *path)
{
  ffi_type *types[1];
  ffi_cif cif;
  char text[4096], *rss;

  library = dlopen (path, RTLD_NOW | RTLD_LOCAL);
  if (library == NULL || !prepare (&cif, types) || !first_closure (&cif))
    return 0;
  int fd = open ("/proc/self/smaps_rollup", O_RDONLY);
  ssize_t n = fd >= 0 ? read (fd, text, sizeof text - 1) : 0;
  text[n > 0 ? n : 0] = 0;
  rss = strstr (text, "Rss:");
  return rss != NULL ? strtod (rss + 4, NULL) : 0;
}

/* Have a child find out FIGURE of PEER.  */
static bool
add_figure (struct peer *peer, double (*figure) (const char *path))
{
  int ends[2];
  double found = 0;

  if (pipe (ends) != 0)
    return false;
  pid_t child = fork ();
  if (child == 0)
    {
      found = figure (peer->path);
      _exit (write (ends[1], &found, sizeof found) == sizeof found ? 0 : 1);
    }
  close (ends[1]);
  bool ok = read (ends[0], &found, sizeof found) == sizeof found && found > 0;
  close (ends[0]);
  waitpid (child, NULL, 0);
  peer->figures[peer->n++] = found;
  return ok;
}

static int
compare (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;
  return (x > y) - (x < y);
}

/* Print the median of ROUNDS as KEY of GROUP.  */
static void
medians (struct peer *peers, unsigned n_peers, unsigned rounds, const char *group,
         const char *key, double (*figure) (const char *path))
{
  for (unsigned r = 0; r < rounds; r++)
    for (unsigned p = 0; p < n_peers; p++)
      if (!add_figure (&peers[(p + r) % n_peers], figure))
        exit (2);
  for (unsigned p = 0; p < n_peers; p++)
    {
      qsort (peers[p].figures, rounds, sizeof (double), compare);
      printf ("{\"group\": \"%s\", \"peer\": \"%s\", \"%s\": %.0f}\n", group,
              peers[p].name, key, peers[p].figures[rounds / 2]);
    }
}

int
main (int argc, char **argv)
{
  static struct peer peers[MAX_PEERS];
  unsigned n_peers = 0;

  setvbuf (stdout, NULL, _IONBF, 0);
  for (int i = 2; i < argc && n_peers < MAX_PEERS; i++)
    {
      char *equals = strchr (argv[i], '=');
      if (equals == NULL)
        exit (2);
      peers[n_peers].name = strndup (argv[i], (size_t) (equals - argv[i]));
      peers[n_peers++].path = equals + 1;
    }
  if (argc > 1 && strcmp (argv[1], "syscalls") == 0)
    for (unsigned p = 0; p < n_peers; p++)
      system_calls (&peers[p]);
  else if (argc > 1 && strcmp (argv[1], "dlopen") == 0)
    medians (peers, n_peers, MAX_ROUNDS, "dlopen", "ns", dlopen_ns);
  else if (argc > 1 && strcmp (argv[1], "memory") == 0)
    medians (peers, n_peers, MEMORY_ROUNDS, "memory", "kib", resident_kib);
  else
    exit (2);
  return 0;
}
