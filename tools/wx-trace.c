/* SPDX-License-Identifier: MIT */
/* wx-trace - run a command and watch every mapping that it makes executable.

   usage: wx-trace COMMAND [ARGUMENT]...

   After each system call that can change a mapping, in COMMAND and in all that it
   starts, and at each process's end:
   - no mapping is writable and executable;
   - what is executable is a file with a name, that is neither in a memory file
     system's memfd nor deleted, unless the loader or the kernel mapped it before it
     was: no anonymous memory, no memfd, no temporary file.
   A file that neither the kernel nor the loader has mapped into the process may become
   executable only if the very next such system call of its thread takes it away again:
   somebody looked at it and did not like what it was.

   Exit status: COMMAND's, or 128 and the number of the signal that ended it; 126 after
   a line on stderr for what was found; 125 if COMMAND cannot be watched.  */

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

/* <linux/ptrace.h> and <sys/ptrace.h> exclude each other in some releases; this is
   what Linux 5.3 and later answer.  */
struct call_info
{
  __UINT8_TYPE__ op, pad[3];
  __UINT32_TYPE__ arch;
  __UINT64_TYPE__ ip, sp;
  union
  {
    struct
    {
      __UINT64_TYPE__ nr, args[6];
    } entry;
    struct
    {
      __INT64_TYPE__ value;
      __UINT8_TYPE__ is_error;
    } exit;
  } u;
};
#define GET_CALL_INFO 0x420e
#define OP_ENTRY 1
#define OP_EXIT 2

enum
{
  THREADS = 4096,
  LOADED = 4096,
  OPTIONS = PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK
            | PTRACE_O_TRACECLONE | PTRACE_O_TRACEEXEC | PTRACE_O_TRACEEXIT
            | PTRACE_O_EXITKILL
};

/* A thread that is watched.  */
struct thread
{
  pid_t id;           /* 0: no thread */
  unsigned long call; /* the system call it is in */
  unsigned long args[4];
  unsigned long strange; /* where it mapped a file that nobody loaded, or 0 */
};

struct line
{
  unsigned long start, end, inode;
  char permissions[5], device[16], path[4200];
};

static struct thread threads[THREADS];
static unsigned threads_used; /* the first so many, some of which have ended */
static bool found;

/* The files that the kernel or a loader made executable.  */
static struct
{
  char device[16];
  unsigned long inode;
} loaded[LOADED];
static unsigned loaded_count;

static void
report (pid_t id, const char *what, const struct line *line)
{
  fprintf (stderr, "wx-trace: FAILED: process %d: %s: %lx-%lx %s %s\n", id, what,
           line->start, line->end, line->permissions, line->path);
  found = true;
}

static struct thread *
thread_of (pid_t id)
{
  struct thread *unused = NULL;

  for (struct thread *t = threads; t < threads + threads_used; t++)
    {
      if (t->id == id)
        return t;
      if (t->id == 0)
        unused = t;
    }
  if (unused == NULL && threads_used == THREADS)
    {
      fprintf (stderr, "wx-trace: too many threads\n");
      exit (125);
    }
  if (unused == NULL)
    unused = &threads[threads_used++];
  *unused = (struct thread){ .id = id };
  return unused;
}

static bool
is_loaded (const struct line *line)
{
  for (unsigned i = 0; i < loaded_count; i++)
    if (loaded[i].inode == line->inode && strcmp (loaded[i].device, line->device) == 0)
      return true;
  return false;
}

static void
note_loaded (const struct line *line)
{
  if (line->inode == 0 || is_loaded (line) || loaded_count == LOADED)
    return;
  strcpy (loaded[loaded_count].device, line->device);
  loaded[loaded_count++].inode = line->inode;
}

/* Call VISIT for the executable mappings of process ID that overlap START to END.  */
static void
for_each_executable (pid_t id, unsigned long start, unsigned long end,
                     void (*visit) (struct thread *, const struct line *),
                     struct thread *t)
{
  char name[40], text[4400];
  snprintf (name, sizeof name, "/proc/%d/maps", id);
  FILE *maps = fopen (name, "re");

  while (maps != NULL && fgets (text, sizeof text, maps) != NULL)
    {
      struct line line = { 0 };
      sscanf (text, "%lx-%lx %4s %*s %15s %lu %4199[^\n]", &line.start, &line.end,
              line.permissions, line.device, &line.inode, line.path);
      if (line.permissions[2] == 'x' && line.start < end && start < line.end)
        visit (t, &line);
    }
  if (maps != NULL)
    fclose (maps);
}

/* Whether LINE is the loader's own code.  */
static bool
is_loader (const char *path)
{
  const char *base = strrchr (path, '/');
  return base != NULL
         && (strncmp (base, "/ld-linux", 9) == 0 || strncmp (base, "/ld-musl", 8) == 0
             || strncmp (base, "/ld.so", 6) == 0 || strncmp (base, "/ld-2.", 6) == 0);
}

static bool by_loader;

static void
see_caller (struct thread *t, const struct line *line)
{
  (void) t;
  by_loader |= is_loader (line->path);
}

/* A file may be called so, too.  */
static bool
is_deleted (const struct line *line)
{
  struct stat status;

  return strstr (line->path, " (deleted)") != NULL
         && (stat (line->path, &status) != 0 || status.st_ino != line->inode);
}

static bool
is_kernels (const struct line *line)
{
  static const char *const names[]
      = { "[vdso]", "[vsyscall]", "[vectors]", "[sigpage]", "[uprobes]" };
  for (unsigned i = 0; i < sizeof names / sizeof names[0]; i++)
    if (strcmp (line->path, names[i]) == 0)
      return true;
  return false;
}

/* What holds for every mapping at any time.  */
static void
inspect (struct thread *t, const struct line *line)
{
  if (line->permissions[1] == 'w')
    report (t->id, "writable and executable", line);
  if (is_kernels (line) || is_loaded (line))
    return;
  if (line->path[0] != '/' || line->inode == 0)
    report (t->id, "executable without a file", line);
  else if (strncmp (line->path, "/memfd:", 7) == 0
           || strncmp (line->path, "/dev/", 5) == 0 || is_deleted (line))
    report (t->id, "executable temporary file", line);
  else
    t->strange = line->start;
}

static void
note_all (struct thread *t, const struct line *line)
{
  (void) t;
  note_loaded (line);
}

/* At the end nothing strange may be left.  */
static void
inspect_end (struct thread *t, const struct line *line)
{
  t->strange = 0;
  inspect (t, line);
  if (t->strange != 0)
    report (t->id, "executable file that was never loaded", line);
}

static bool
changes_mappings (unsigned long call)
{
  switch (call)
    {
#ifdef SYS_mmap
    case SYS_mmap:
#endif
#ifdef SYS_mmap2
    case SYS_mmap2:
#endif
#ifdef SYS_shmat
    case SYS_shmat:
#endif
#ifdef SYS_ipc
    case SYS_ipc:
#endif
    case SYS_mprotect:
    case SYS_pkey_mprotect:
    case SYS_mremap:
    case SYS_munmap:
    case SYS_remap_file_pages:
      return true;
    default:
      return false;
    }
}

static void
enter_call (struct thread *t, const struct call_info *info)
{
  unsigned long address = info->u.entry.args[0];

  t->call = info->u.entry.nr;
  for (int i = 0; i < 4; i++)
    t->args[i] = info->u.entry.args[i];
  if (!changes_mappings (t->call) || t->strange == 0)
    return;
  if (address != t->strange)
    {
      struct line line = { .start = t->strange, .path = "went on with it" };
      report (t->id, "executable file that was never loaded", &line);
    }
  t->strange = 0;
}

/* Everything after a personality or an execve; else what the call has changed.  */
static void
leave_call (struct thread *t, const struct call_info *info)
{
  unsigned long start = 0, end = -1ul;

  if (info->u.exit.is_error || !changes_mappings (t->call) || t->call == SYS_munmap)
    return;
  if (t->call == SYS_mprotect || t->call == SYS_pkey_mprotect)
    {
      start = t->args[0];
      end = start + t->args[1];
      if ((t->args[2] & PROT_EXEC) == 0)
        return;
    }
#ifdef SYS_mmap2
  else if (t->call == SYS_mmap2)
#else
  else if (t->call == SYS_mmap)
#endif
    {
      start = info->u.exit.value;
      end = start + t->args[1];
      if ((t->args[2] & PROT_EXEC) == 0)
        return;
      by_loader = false;
      for_each_executable (t->id, info->ip, info->ip + 1, see_caller, t);
      if (by_loader)
        for_each_executable (t->id, start, end, note_all, t);
    }
  else if (t->call == SYS_mremap)
    {
      start = info->u.exit.value;
      end = start + t->args[2];
    }
  for_each_executable (t->id, start, end, inspect, t);
}

static void
system_call (struct thread *t)
{
  struct call_info info = { 0 };

  if (ptrace (GET_CALL_INFO, t->id, (void *) sizeof info, &info) <= 0)
    return;
  if (info.op == OP_ENTRY)
    enter_call (t, &info);
  else if (info.op == OP_EXIT)
    leave_call (t, &info);
}

/* T has stopped with STATUS: look at it and let it go on.  */
static void
stopped (struct thread *t, int status)
{
  int signal = WSTOPSIG (status), event = status >> 16, request = PTRACE_SYSCALL;
  long deliver = 0;

  if (signal == (SIGTRAP | 0x80))
    system_call (t);
  else if (event == PTRACE_EVENT_EXEC)
    for_each_executable (t->id, 0, -1ul, note_all, t);
  else if (event == PTRACE_EVENT_EXIT)
    for_each_executable (t->id, 0, -1ul, inspect_end, t);
  else if (event == PTRACE_EVENT_STOP && signal != SIGTRAP)
    request = PTRACE_LISTEN; /* stopped until somebody sends SIGCONT */
  else if (event == 0)
    deliver = signal;
  ptrace (request, t->id, NULL, (void *) deliver);
}

static int
watch (pid_t command)
{
  int status, result = 125;
  pid_t id;

  while ((id = waitpid (-1, &status, __WALL)) > 0 || errno == EINTR)
    {
      if (id <= 0)
        continue;
      struct thread *t = thread_of (id);
      if (!WIFSTOPPED (status))
        {
          if (id == command)
            result = WIFEXITED (status) ? WEXITSTATUS (status) : 128 + WTERMSIG (status);
          t->id = 0;
          continue;
        }
      stopped (t, status);
    }
  return result;
}

int
main (int argc, char **argv)
{
  if (argc < 2)
    {
      fprintf (stderr, "usage: wx-trace COMMAND [ARGUMENT]...\n");
      return 125;
    }
  pid_t command = fork ();
  if (command == 0)
    {
      raise (SIGSTOP);
      execvp (argv[1], argv + 1);
      fprintf (stderr, "wx-trace: %s: %s\n", argv[1], strerror (errno));
      _exit (125);
    }
  int status;
  if (command < 0 || waitpid (command, &status, WUNTRACED) != command
      || ptrace (PTRACE_SEIZE, command, NULL, (void *) (long) OPTIONS) != 0)
    {
      fprintf (stderr, "wx-trace: %s\n", strerror (errno));
      if (command > 0)
        kill (command, SIGKILL);
      return 125;
    }
  kill (command, SIGCONT);
  int result = watch (command);
  return found ? 126 : result;
}
