/* SPDX-License-Identifier: MIT */
/* Sandboxes.  Each function enters one and returns null, or the reason why that cannot
   be done here.  */

#ifndef LOCKDOWN_H
#define LOCKDOWN_H

#include "../libffi.tramp/seccomp_filter.h"
#include <fcntl.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum
{
  NOBODY = 65534
};

/* --- Filters of system calls ------------------------------------------------ */

/* Answer system call NR with an action if its argument ARG has all of BITS set.  */
struct filter_rule
{
  unsigned nr, arg, bits;
};

/* What systemd's MemoryDenyWriteExecute= refuses.  */
static const struct filter_rule write_execute_rules[] = {
#ifdef SYS_mmap2
  { SYS_mmap2, 2, PROT_WRITE | PROT_EXEC },
#else
  { SYS_mmap, 2, PROT_WRITE | PROT_EXEC },
#endif
  { SYS_mprotect, 2, PROT_EXEC },
  { SYS_pkey_mprotect, 2, PROT_EXEC },
#ifdef SYS_shmat
  { SYS_shmat, 2, 0100000 }, /* SHM_EXEC */
#endif
#ifdef SYS_ipc
  { SYS_ipc, 2, 0100000 },
#endif
};

static const struct filter_rule execute_rules[] = {
#ifdef SYS_mmap2
  { SYS_mmap2, 2, PROT_EXEC },
#else
  { SYS_mmap, 2, PROT_EXEC },
#endif
  { SYS_mprotect, 2, PROT_EXEC },
  { SYS_pkey_mprotect, 2, PROT_EXEC },
};

static const struct filter_rule memfd_rules[] = { { SYS_memfd_create, 0, 0 } };

static const struct filter_rule open_rules[] = {
#ifdef SYS_open
  { SYS_open, 0, 0 },
#endif
  { SYS_openat, 0, 0 },
  { 437, 0, 0 }, /* openat2, newer than some headers */
};

/* All that growth could want.  */
static const struct filter_rule mapping_rules[] = {
#ifdef SYS_mmap2
  { SYS_mmap2, 0, 0 },
#else
  { SYS_mmap, 0, 0 },
#endif
  { SYS_mremap, 0, 0 }, { SYS_mprotect, 0, 0 },
#ifdef SYS_open
  { SYS_open, 0, 0 },
#endif
  { SYS_openat, 0, 0 },
};

static const char *
filter (const struct filter_rule *rules, size_t n, unsigned action)
{
  struct sock_filter code[64];
  unsigned short length = 0;
  for (size_t i = 0; i < n; i++)
    {
      const struct sock_filter rule[] = {
        LOAD (nr),
        UNLESS_EQUAL (rules[i].nr, 4),
        LOAD_ARGUMENT (rules[i].arg),
        BPF_STMT (BPF_ALU | BPF_AND | BPF_K, rules[i].bits),
        UNLESS_EQUAL (rules[i].bits, 1),
        ANSWER (action),
      };
      memcpy (code + length, rule, sizeof rule);
      length += ARRAY_SIZE (rule);
    }
  code[length++] = (struct sock_filter) ANSWER (SECCOMP_RET_ALLOW);
  return install_filter (code, length) ? NULL : "the kernel has no seccomp filters";
}

#define FILTER(rules, action) filter (rules, ARRAY_SIZE (rules), action)

/* Nobody gets a page with PROTECTION.  */
static void
check_refused (int protection)
{
  void *page = mmap (NULL, 4096, protection, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  CHECK_MSG (page == MAP_FAILED, "the lock has no effect on mmap");
}

static FFITEST_UNUSED const char *
lock_mdwe (void)
{
  /* Since Linux 6.3; older headers do not know it.  */
  if (prctl (65, 1, 0, 0, 0) != 0)
    return "the kernel has no PR_SET_MDWE";
  check_refused (PROT_READ | PROT_WRITE | PROT_EXEC);
  return NULL;
}

static FFITEST_UNUSED const char *
lock_write_execute (void)
{
  const char *reason = FILTER (write_execute_rules, SECCOMP_RET_ERRNO | EPERM);
  if (reason == NULL)
    check_refused (PROT_READ | PROT_WRITE | PROT_EXEC);
  return reason;
}

static FFITEST_UNUSED const char *
lock_write_execute_kill (void)
{
  return FILTER (write_execute_rules, SECCOMP_RET_KILL_PROCESS);
}

static FFITEST_UNUSED const char *
lock_execute (void)
{
  const char *reason = FILTER (execute_rules, SECCOMP_RET_ERRNO | EPERM);
  if (reason == NULL)
    check_refused (PROT_READ | PROT_EXEC);
  return reason;
}

static FFITEST_UNUSED const char *
lock_memfd (void)
{
  return FILTER (memfd_rules, SECCOMP_RET_ERRNO | EPERM);
}

static FFITEST_UNUSED const char *
lock_memfd_kill (void)
{
  return FILTER (memfd_rules, SECCOMP_RET_KILL_PROCESS);
}

static FFITEST_UNUSED const char *
lock_open (void)
{
  const char *reason = FILTER (open_rules, SECCOMP_RET_ERRNO | EPERM);
  if (reason == NULL)
    CHECK_INT (open ("/dev/null", O_RDONLY), -1);
  return reason;
}

static FFITEST_UNUSED const char *
lock_mappings (void)
{
  const char *reason = FILTER (mapping_rules, SECCOMP_RET_ERRNO | EPERM);
  if (reason == NULL)
    check_refused (PROT_READ);
  return reason;
}

/* No system call that came after 2010; they are numbered in the order in which they
   came.  */
static FFITEST_UNUSED const char *
lock_young_calls (void)
{
  struct sock_filter code[] = {
    LOAD (nr),
    BPF_JUMP (BPF_JMP | BPF_JGE | BPF_K, SYS_recvmmsg, 0, 1),
    ANSWER (SECCOMP_RET_ERRNO | ENOSYS),
    ANSWER (SECCOMP_RET_ALLOW),
  };
  return install_filter (code, ARRAY_SIZE (code)) ? NULL
                                                  : "the kernel has no seccomp filters";
}

/* --- Namespaces and file systems -------------------------------------------- */

static void
write_file (const char *path, const char *text)
{
  int fd = open (path, O_WRONLY | O_CLOEXEC);
  if (fd >= 0 && write (fd, text, strlen (text)) < 0)
    printf ("%s: %s\n", path, strerror (errno));
  if (fd >= 0)
    close (fd);
}

/* Mount and unmount as we like, unseen by others: as root, or as the root of a user
   namespace.  */
static FFITEST_UNUSED const char *
own_mounts (int more)
{
  char map[40];
  uid_t user = geteuid ();
  gid_t group = getegid ();
  if (unshare (CLONE_NEWNS | more) != 0)
    {
      if (unshare (CLONE_NEWUSER | CLONE_NEWNS | more) != 0)
        return "needs root or user namespaces";
      write_file ("/proc/self/setgroups", "deny");
      snprintf (map, sizeof map, "0 %u 1", (unsigned) user);
      write_file ("/proc/self/uid_map", map);
      snprintf (map, sizeof map, "0 %u 1", (unsigned) group);
      write_file ("/proc/self/gid_map", map);
    }
  return mount (NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 ? NULL : "cannot mount";
}

static FFITEST_UNUSED const char *
lock_proc (void)
{
  const char *reason = own_mounts (0);
  if (reason == NULL && mount ("none", "/proc", "tmpfs", 0, NULL) != 0)
    reason = "cannot mount a tmpfs";
  if (reason == NULL)
    CHECK_INT (access ("/proc/self", F_OK), -1);
  return reason;
}

/* Let a child go on with the test and return its verdict.  */
static void
go_on_in_child (void)
{
  int status;
  fflush (stdout);
  pid_t child = fork ();
  CHECK (child >= 0);
  if (child == 0)
    return;
  CHECK_INT (waitpid (child, &status, 0), child);
  CHECK_MSG (WIFEXITED (status), "ended by signal %d", WTERMSIG (status));
  exit (WEXITSTATUS (status));
}

/* In a new pid namespace, but with the /proc of the old one.  */
static FFITEST_UNUSED const char *
lock_pid_namespace (void)
{
  const char *reason = own_mounts (CLONE_NEWPID);
  if (reason == NULL)
    {
      go_on_in_child ();
      CHECK_INT (getpid (), 1);
    }
  return reason;
}

/* In the old pid namespace, but with the /proc of one that we are not in.  */
static FFITEST_UNUSED const char *
lock_foreign_proc (void)
{
  const char *reason = own_mounts (CLONE_NEWPID);
  int status;
  if (reason != NULL)
    return reason;
  pid_t child = fork ();
  CHECK (child >= 0);
  if (child == 0)
    _exit (mount ("proc", "/proc", "proc", 0, NULL) != 0);
  CHECK_INT (waitpid (child, &status, 0), child);
  if (status != 0)
    return "cannot mount a /proc";
  CHECK_INT (access ("/proc/self/maps", F_OK), -1);
  return NULL;
}

static FFITEST_UNUSED const char *
lock_chroot (void)
{
  const char *reason = geteuid () == 0 ? NULL : own_mounts (0);
  if (reason != NULL)
    return reason;
  CHECK_INT (mkdir ("empty", 0755), 0);
  if (chroot ("empty") != 0 || chdir ("/") != 0)
    return "cannot chroot";
  CHECK_INT (access ("/proc", F_OK), -1);
  return NULL;
}

/* Before the library is loaded: its directory becomes a file system of its own.  */
static FFITEST_UNUSED const char *
own_file_system (void)
{
  const char *reason = own_mounts (0);
  if (reason == NULL
      && (mount ("none", own_directory, "tmpfs", 0, "mode=755") != 0
          || chdir (own_directory) != 0))
    reason = "cannot mount a tmpfs";
  return reason;
}

static FFITEST_UNUSED const char *
lock_noexec (void)
{
  CHECK_INT (mount (NULL, own_directory, NULL, MS_REMOUNT | MS_BIND | MS_NOEXEC, NULL),
             0);
  return NULL;
}

static FFITEST_UNUSED const char *
lock_unmounted (void)
{
  CHECK_INT (umount2 (own_directory, MNT_DETACH), 0);
  CHECK_INT (access ("libffi.so.8", F_OK), 0); /* we still are there */
  CHECK_INT (chdir ("/"), 0);
  return NULL;
}

static FFITEST_UNUSED const char *
lock_unreadable (void)
{
  int root = geteuid () == 0;
  CHECK_INT (chmod ("libffi.so.8", root ? 0600 : 0), 0);
  if (root)
    CHECK (setgid (NOBODY) == 0 && setuid (NOBODY) == 0);
  CHECK_INT (open ("libffi.so.8", O_RDONLY), -1);
  return NULL;
}

#endif
