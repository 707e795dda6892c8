/* SPDX-License-Identifier: MIT */
/* A child process that must abort with a message.  */

#ifndef ABORTS_H
#define ABORTS_H

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* ACTION (DATA) aborts and writes TEXT to stderr, somewhere in a line.  */
#define CHECK_ABORTS(action, data, text)                                                 \
  ffitest_check_aborts (__FILE__, __LINE__, #action, action, data, text)

static FFITEST_UNUSED void
ffitest_check_aborts (const char *file, int line, const char *what,
                      void (*action) (void *), void *data, const char *text)
{
  char said[4096];
  size_t length = 0;
  ssize_t got;
  int ends[2], status;
  __atomic_fetch_add (&ffitest_checks, 1, __ATOMIC_RELAXED);
  fflush (stdout);
  if (pipe (ends) != 0)
    ffitest_fail (file, line, "pipe: %s", strerror (errno));
  pid_t child = fork ();
  if (child < 0)
    ffitest_fail (file, line, "fork: %s", strerror (errno));
  if (child == 0)
    {
      struct rlimit no_core = { 0, 0 };
      setrlimit (RLIMIT_CORE, &no_core);
      signal (SIGABRT, SIG_DFL);
      dup2 (ends[1], 2);
      close (ends[0]);
      close (ends[1]);
      action (data);
      _exit (3);
    }
  close (ends[1]);
  while (length < sizeof said - 1
         && (got = read (ends[0], said + length, sizeof said - 1 - length)) > 0)
    length += (size_t) got;
  said[length] = '\0';
  close (ends[0]);
  while (waitpid (child, &status, 0) < 0 && errno == EINTR)
    ;
  if (WIFEXITED (status))
    ffitest_fail (file, line, "%s: expected SIGABRT, got exit code %d%s%s", what,
                  WEXITSTATUS (status),
                  WEXITSTATUS (status) == 3 ? " (it returned): " : ": ", said);
  if (WTERMSIG (status) != SIGABRT)
    ffitest_fail (file, line, "%s: expected SIGABRT, got signal %d: %s", what,
                  WTERMSIG (status), said);
  if (strstr (said, text) == NULL)
    ffitest_fail (file, line, "%s: expected a message with \"%s\", got \"%s\"", what,
                  text, said);
}

#endif
