/* SPDX-License-Identifier: MIT */
/* { needs native nosan } */
/* As many closures as are one less than half of those that the image has are allocated,
   prepared, called and freed without a single system call: any but write and exit_group
   would be trapped.  */

#include "ffitest.h"
#include "crowd.h"
#include "seccomp_filter.h"
#include <ffi_tramp.h>
#include <signal.h>
#include <unistd.h>

enum
{
  MOST = 2047
};
static struct crowd_member members[MOST];

/* Only write and _exit are left to us here.  */
static void
say_and_exit (const char *text, int code)
{
  ssize_t written = write (1, text, strlen (text));
  _exit (written < 0 ? 1 : code);
}

static void
trapped (int signal, siginfo_t *info, void *context)
{
  char text[] = "FAILED: system call number 000 was made\n";
  char *digit = strstr (text, "000") + 2;
  (void) signal, (void) context;
  for (int n = info->si_syscall; n > 0; n /= 10)
    *digit-- = (char) ('0' + n % 10);
  say_and_exit (text, 1);
}

int
main (void)
{
  struct sock_filter filter[] = { LOAD (nr),
                                  UNLESS_EQUAL (__NR_write, 1),
                                  ANSWER (SECCOMP_RET_ALLOW),
                                  UNLESS_EQUAL (__NR_exit_group, 1),
                                  ANSWER (SECCOMP_RET_ALLOW),
                                  ANSWER (SECCOMP_RET_TRAP) };
  struct sigaction action;
  ffi_tramp_count image;
  memset (&action, 0, sizeof action);
  action.sa_sigaction = trapped;
  action.sa_flags = SA_SIGINFO;
  CHECK_INT (sigaction (SIGSYS, &action, NULL), 0);
  crowd_cif ();
  ffi_tramp_query (FFI_TRAMP_IMAGE, &image);
  int n = (int) image.capacity / 2 - 1;
  CHECK_MSG (n > 1000 && n <= MOST, "%zu trampolines in the image", image.capacity);
  fflush (stdout);
  if (!install_filter (filter, ARRAY_SIZE (filter)))
    UNSUPPORTED ("the kernel has no seccomp filters");

  for (int i = 0; i < n; i++)
    if (!crowd_join (&members[i], i))
      say_and_exit ("FAILED: fewer closures\n", 1);
  for (int i = 0; i < n; i++)
    if (!crowd_answers (&members[i]))
      say_and_exit ("FAILED: a closure does not answer\n", 1);
  crowd_scatter (members, n);
  for (int round = 0; round < 10; round++)
    for (int i = 0; i < n; i++)
      {
        if (!crowd_join (&members[i], i) || !crowd_answers (&members[i]))
          say_and_exit ("FAILED: a recycled closure does not answer\n", 1);
        crowd_leave (&members[i]);
      }
  _exit (0);
}
