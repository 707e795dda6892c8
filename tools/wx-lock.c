/* SPDX-License-Identifier: MIT */
/* wx-lock - run a command that can never have writable and executable memory.

   usage: wx-lock [--strict [--exec DIRECTORY]... [--no-proc]] COMMAND [ARGUMENT]...

   Two locks, both inherited by everything that COMMAND starts and neither of
   which can be undone:
   - PR_SET_MDWE (Linux 6.3): the kernel refuses memory that is writable and
     executable at once, and execute permission for memory that had none.
   - A seccomp filter with the rules of systemd's MemoryDenyWriteExecute=: EPERM
     for the system calls of the table below.

   Without PR_SET_MDWE the filter alone remains, and stderr says so.

   --strict also refuses what these two forget, code that takes the way through a file:
   - The filter refuses memfd_create and memfd_secret, and what changes mounts.
   - In a mount namespace of its own everything is noexec but /usr, /bin, /sbin, /lib*,
     and each DIRECTORY, which are read-only: nothing is executed that can be written.
   - In a process namespace of its own /proc shows no other process, by whose root or
     memory one could go round that, and vm.memfd_noexec (Linux 6.3) is 2.  With --no-proc
     /proc is empty: nothing can be written by way of /proc/self/mem, either.
   Where no namespaces may be made the filter alone remains, and stderr says so.  The root
   directory has to be a mount, which that of a chroot need not be.

   Exit status: COMMAND's; 125 if a lock failed, 127 if COMMAND cannot be run.  */

#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1
#endif

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* Debian 12's headers are older than the call.  */
#ifndef PR_SET_MDWE
#define PR_SET_MDWE 65
#define PR_GET_MDWE 66
#define PR_MDWE_REFUSE_EXEC_GAIN 1
#endif

#if defined __x86_64__
#define THIS_ARCH AUDIT_ARCH_X86_64
#define X32_BIT 0x40000000 /* marks the system calls of x32 */
#elif defined __i386__
#define THIS_ARCH AUDIT_ARCH_I386
#elif defined __aarch64__
#define THIS_ARCH AUDIT_ARCH_AARCH64
#elif defined __arm__
#define THIS_ARCH AUDIT_ARCH_ARM
#else
#error "add the architecture's AUDIT_ARCH_ constant"
#endif

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "the filter reads the low half of an argument at offset 0"
#endif

/* Refuse system call NR when argument ARG has all of BITS set.  */
static const struct rule
{
  uint32_t nr;
  uint32_t arg;
  uint32_t bits;
} rules[] = {
#ifdef SYS_mmap2
  { SYS_mmap2, 2, PROT_WRITE | PROT_EXEC },
#ifdef SYS_mmap
  { SYS_mmap, 0, 0 }, /* takes its arguments in memory: cannot be inspected */
#endif
#else
  { SYS_mmap, 2, PROT_WRITE | PROT_EXEC },
#endif
  { SYS_mprotect, 2, PROT_EXEC },
  { SYS_pkey_mprotect, 2, PROT_EXEC },
#ifdef SYS_shmat
  { SYS_shmat, 2, SHM_EXEC },
#endif
#ifdef SYS_ipc
  { SYS_ipc, 2, SHM_EXEC }, /* shmat's flags; nothing else needs the bit there */
#endif
  { SYS_personality, 0, READ_IMPLIES_EXEC }, /* and the query, 0xffffffff */
};

/* What --strict refuses beside.  Numbers from 424 on are equal everywhere, and newer than
   some headers.  */
static const struct rule strict_rules[] = {
  { SYS_memfd_create, 0, 0 },
  { 447, 0, 0 }, /* memfd_secret */
  { SYS_mount, 0, 0 },
  { SYS_umount2, 0, 0 },
  { SYS_pivot_root, 0, 0 },
#ifdef SYS_umount
  { SYS_umount, 0, 0 },
#endif
  { 428, 0, 0 }, /* open_tree */
  { 429, 0, 0 }, /* move_mount */
  { 430, 0, 0 }, /* fsopen */
  { 432, 0, 0 }, /* fsmount */
  { 442, 0, 0 }, /* mount_setattr */
  { SYS_setns, 0, 0 },
};

#define COUNT(array) (sizeof (array) / sizeof (array)[0])
#define STATEMENTS_PER_RULE 6

#define STATEMENT(...) ((struct sock_filter) __VA_ARGS__)
#define LOAD(field)                                                                      \
  STATEMENT (BPF_STMT (BPF_LD | BPF_W | BPF_ABS, offsetof (struct seccomp_data, field)))
#define AND(bits) STATEMENT (BPF_STMT (BPF_ALU | BPF_AND | BPF_K, bits))
#define UNLESS_EQUAL_SKIP(value, n)                                                      \
  STATEMENT (BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, value, 0, n))
#define UNLESS_SET_SKIP(bits, n)                                                         \
  STATEMENT (BPF_JUMP (BPF_JMP | BPF_JSET | BPF_K, bits, 0, n))
#define IF_EQUAL_SKIP(value, n)                                                          \
  STATEMENT (BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, value, n, 0))
#define RETURN(action) STATEMENT (BPF_STMT (BPF_RET | BPF_K, action))

/* Append what refuses the calls of N RULES at CODE; the number of statements.  */
static unsigned
put_rules (struct sock_filter *code, const struct rule *list, size_t count)
{
  unsigned n = 0;

#define EMIT(statement) (code[n++] = (statement))
  for (const struct rule *r = list; r < list + count; r++)
    {
      EMIT (LOAD (nr));
      EMIT (UNLESS_EQUAL_SKIP (r->nr, 4));
      EMIT (LOAD (args[r->arg]));
      EMIT (AND (r->bits));
      EMIT (UNLESS_EQUAL_SKIP (r->bits, 1));
      EMIT (RETURN (SECCOMP_RET_ERRNO | EPERM));
    }
  return n;
}

static int
install_filter (bool strict)
{
  struct sock_filter
      code[8 + STATEMENTS_PER_RULE * (COUNT (rules) + COUNT (strict_rules))];
  unsigned n = 0;

  /* Other instruction sets of this kernel have other numbers: none at all.  */
  EMIT (LOAD (arch));
  EMIT (IF_EQUAL_SKIP (THIS_ARCH, 1));
  EMIT (RETURN (SECCOMP_RET_ERRNO | EPERM));
#ifdef X32_BIT
  EMIT (LOAD (nr));
  EMIT (UNLESS_SET_SKIP (X32_BIT, 1));
  EMIT (RETURN (SECCOMP_RET_ERRNO | EPERM));
#endif
  n += put_rules (code + n, rules, COUNT (rules));
  if (strict)
    n += put_rules (code + n, strict_rules, COUNT (strict_rules));
  EMIT (RETURN (SECCOMP_RET_ALLOW));

  struct sock_fprog program = { .len = n, .filter = code };
  return prctl (PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0);
}

/* Complain of WHAT, with errno; the exit status.  */
static int
failed (const char *what)
{
  fprintf (stderr, "wx-lock: %s: %s\n", what, strerror (errno));
  return 125;
}

/* --- Namespaces --------------------------------------------------------------- */

enum
{
  SYSTEM_DIRECTORIES = 7,
  MAX_DIRECTORIES = 64,
  MOUNT_SETATTR = 442, /* newer than some headers, as are these */
  RECURSIVE = 0x8000,
  READ_ONLY = 1,
  NO_EXEC = 8
};

struct attributes
{
  uint64_t set, clear, propagation, user_namespace;
};

/* What may be executed, and not be written.  */
static const char *directories[MAX_DIRECTORIES]
    = { "/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32" };
static unsigned n_directories = SYSTEM_DIRECTORIES;

static bool
change_mounts (const char *path, uint64_t set, uint64_t clear)
{
  struct attributes attributes = { set, clear, 0, 0 };

  return syscall (MOUNT_SETATTR, AT_FDCWD, path, RECURSIVE, &attributes,
                  sizeof attributes)
         == 0;
}

/* Whether PATH is a directory and no symbolic link.  */
static bool
is_directory (const char *path)
{
  struct stat status;

  return lstat (path, &status) == 0 && S_ISDIR (status.st_mode);
}

/* Let the process's root be a mount, which that of a chroot may not be.  */
static bool
mount_root (void)
{
  return mount ("/", "/", NULL, MS_BIND | MS_REC, NULL) == 0 && chroot ("/..") == 0
         && chdir ("/") == 0;
}

/* In a mount namespace of our own: all noexec but the directories, which are read-only.
   Null, or what failed.  */
static const char *
lock_mounts (void)
{
  static char here[4096];
  char *was = getcwd (here, sizeof here);

  if (mount (NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 || !mount_root ())
    return "the root directory, which has to be a mount";
  for (unsigned i = 0; i < n_directories; i++)
    if (is_directory (directories[i])
        && mount (directories[i], directories[i], NULL, MS_BIND | MS_REC, NULL) != 0)
      return directories[i];
  if (!change_mounts ("/", NO_EXEC, 0))
    return "noexec";
  for (unsigned i = 0; i < n_directories; i++)
    if (is_directory (directories[i])
        && !change_mounts (directories[i], READ_ONLY, NO_EXEC))
      return directories[i];
  return was != NULL && chdir (was) != 0 ? was : NULL;
}

static bool
write_file (const char *path, const char *text)
{
  int fd = open (path, O_WRONLY | O_CLOEXEC);
  bool good = fd >= 0 && write (fd, text, strlen (text)) == (ssize_t) strlen (text);

  if (fd >= 0)
    close (fd);
  return good;
}

/* As the first process of a process namespace.  Null, or what failed.  */
static const char *
lock_proc (bool no_proc)
{
  const unsigned long flags = MS_NOSUID | MS_NODEV | MS_NOEXEC;

  if (mount ("proc", "/proc", "proc", flags, NULL) != 0)
    return "/proc";
  /* Linux 6.3 has it.  The filter refuses memfds anyway.  */
  if (access ("/proc/sys/vm/memfd_noexec", F_OK) == 0
      && !write_file ("/proc/sys/vm/memfd_noexec", "2") && getuid () == 0)
    fprintf (stderr, "wx-lock: vm.memfd_noexec: %s\n", strerror (errno));
  if (no_proc && mount ("none", "/proc", "tmpfs", flags | MS_RDONLY, "mode=555") != 0)
    return "/proc";
  return NULL;
}

/* Enter namespaces, with those of users if that takes them; false with errno.  */
static bool
enter_namespaces (void)
{
  const int wanted = CLONE_NEWNS | CLONE_NEWPID;
  unsigned user = geteuid (), group = getegid ();
  char map[40];

  if (unshare (wanted) == 0)
    return true;
  if (errno != EPERM || unshare (wanted | CLONE_NEWUSER) != 0)
    return false;
  write_file ("/proc/self/setgroups", "deny");
  snprintf (map, sizeof map, "%u %u 1", user, user);
  if (!write_file ("/proc/self/uid_map", map))
    return false;
  snprintf (map, sizeof map, "%u %u 1", group, group);
  return write_file ("/proc/self/gid_map", map);
}

/* End as COMMAND did, whose STATUS that is.  */
static int
end_as (int status)
{
  const struct rlimit no_core = { 0, 0 };

  if (!WIFSIGNALED (status))
    return WEXITSTATUS (status);
  setrlimit (RLIMIT_CORE, &no_core);
  signal (WTERMSIG (status), SIG_DFL);
  kill (getpid (), WTERMSIG (status));
  return 128 + WTERMSIG (status);
}

/* The first process of the namespace: start COMMAND, which is the only one to return, and
   wait for it and for all that it leaves.  The status goes to OUT.  */
static void
be_first (bool no_proc, int out)
{
  int status, command_status = 0;

  prctl (PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
  const char *what = lock_mounts ();
  if (what == NULL)
    what = lock_proc (no_proc);
  if (what != NULL)
    _exit (failed (what));
  pid_t command = fork (), ended;
  if (command == 0)
    return;
  if (command < 0)
    _exit (failed ("fork"));
  while ((ended = waitpid (-1, &status, 0)) > 0 || errno == EINTR)
    if (ended == command)
      {
        command_status = status;
        break;
      }
  _exit (write (out, &command_status, sizeof command_status)
                 == (ssize_t) sizeof command_status
             ? 0
             : 125);
}

/* Enter the namespaces of --strict.  Returns in the process that COMMAND is for.  */
static void
enter_strict (bool no_proc)
{
  int ends[2], status;

  if (!enter_namespaces ())
    {
      fprintf (stderr,
               "wx-lock: no namespaces: %s; the filter alone, and what can be written "
               "may be executed\n",
               strerror (errno));
      return;
    }
  if (pipe2 (ends, O_CLOEXEC) != 0)
    exit (failed ("pipe"));
  pid_t first = fork ();
  if (first < 0)
    exit (failed ("fork"));
  if (first == 0)
    {
      close (ends[0]);
      be_first (no_proc, ends[1]);
      return;
    }
  close (ends[1]);
  /* What the terminal sends is the command's to decide on.  */
  signal (SIGINT, SIG_IGN);
  signal (SIGQUIT, SIG_IGN);
  bool told = read (ends[0], &status, sizeof status) == (ssize_t) sizeof status;
  int first_status;
  while (waitpid (first, &first_status, 0) < 0 && errno == EINTR)
    ;
  exit (told ? end_as (status) : 125);
}

/* --- The command line ---------------------------------------------------------- */

static int
usage (void)
{
  fprintf (stderr, "usage: wx-lock [--strict [--exec DIRECTORY]... [--no-proc]] "
                   "COMMAND [ARGUMENT]...\n");
  return 125;
}

/* Add the directory at PATH, without a link in its name.  */
static bool
add_directory (const char *path)
{
  const char *real = realpath (path, NULL);

  if (real == NULL || n_directories == MAX_DIRECTORIES)
    return false;
  directories[n_directories++] = real;
  return true;
}

int
main (int argc, char **argv)
{
  bool strict = false, no_proc = false;

  for (argv++; *argv != NULL && strncmp (*argv, "--", 2) == 0; argv++)
    if (strcmp (*argv, "--strict") == 0)
      strict = true;
    else if (strcmp (*argv, "--no-proc") == 0)
      no_proc = true;
    else if (strcmp (*argv, "--exec") == 0 && argv[1] != NULL)
      {
        if (!add_directory (*++argv))
          return failed (*argv);
      }
    else
      return usage ();
  (void) argc;
  if (*argv == NULL || (!strict && (no_proc || n_directories > SYSTEM_DIRECTORIES)))
    return usage ();
  if (strict)
    enter_strict (no_proc);
  if (prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || install_filter (strict) != 0)
    return failed ("seccomp");
  if (prctl (PR_SET_MDWE, PR_MDWE_REFUSE_EXEC_GAIN, 0, 0, 0) != 0)
    {
      if (errno != EINVAL)
        return failed ("PR_SET_MDWE");
      fprintf (stderr, "wx-lock: this kernel has no PR_SET_MDWE; seccomp alone\n");
    }
  execvp (argv[0], argv);
  fprintf (stderr, "wx-lock: %s: %s\n", argv[0], strerror (errno));
  return 127;
}
