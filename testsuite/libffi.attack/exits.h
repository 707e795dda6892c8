/* SPDX-License-Identifier: MIT */
/* Processes that exit while closures are in use.  */

#ifndef EXITS_H
#define EXITS_H

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <sys/wait.h>
#include <unistd.h>

/* What threads hold that end with the process is no leak.  */
const char *__asan_default_options (void);
const char *
__asan_default_options (void)
{
  return "detect_leaks=0";
}

/* So many are more than the image's table has, by FEW.  */
static FFITEST_UNUSED int
exits_beyond_image (int few)
{
  ffi_tramp_count image;
  ffi_tramp_query (FFI_TRAMP_IMAGE, &image); /* none, on the kernel's tables */
  return (int) image.capacity + few;
}

/* Let MEMBERS be N closures, of which the first FROM are there, and call some; _exit (3)
   if a closure cannot be had, _exit (4) if one does not answer.  Messages of checks would
   wait for main.  */
static FFITEST_UNUSED void
exits_join (struct crowd_member *members, int from, int n)
{
  for (int i = from; i < n; i++)
    if (!crowd_join (&members[i], i))
      _exit (3);
  for (int i = 0; i < n; i += 7)
    if (!crowd_answers (&members[i]))
      _exit (4);
}

/* One round of what a thread does again and again: more closures than the image's table
   has are allocated, called and freed.  */
static FFITEST_UNUSED void
exits_work (struct crowd_member *members, int n)
{
  exits_join (members, 0, n);
  void *code, *large = ffi_closure_alloc (100000, &code);
  if (large == NULL)
    _exit (3);
  ffi_closure_free (large);
  for (int i = 0; i < n; i++)
    crowd_leave (&members[i]);
}

/* Have WRITE called with COOKIE when streams are flushed: after all destructors.  _exit
   (5) if that is not possible.  */
static FFITEST_UNUSED void
exits_flush (cookie_write_function_t *write, void *cookie)
{
  static char buffer[BUFSIZ];
  cookie_io_functions_t functions = { .write = write };
  FILE *stream = fopencookie (cookie, "w", functions);
  if (stream == NULL)
    _exit (5);
  setvbuf (stream, buffer, _IOFBF, sizeof buffer);
  fputs ("flushed at the end", stream);
}

/* Let LEAVE, called in a child, end it.  It must do so with exit status 0 and without a
   word on standard error.  WHAT it was for messages.  */
static FFITEST_UNUSED void
exits_quietly (void (*leave) (void), const char *what)
{
  char said[2000] = "";
  size_t length = 0;
  int ends[2], status;
  CHECK_INT (pipe (ends), 0);
  fflush (stdout);
  pid_t child = fork ();
  CHECK (child >= 0);
  if (child == 0)
    {
      close (ends[0]);
      CHECK_INT (dup2 (ends[1], 2), 2);
      close (ends[1]);
      leave ();
      _exit (5);
    }
  close (ends[1]);
  for (ssize_t n; length < sizeof said - 1
                  && (n = read (ends[0], said + length, sizeof said - 1 - length)) > 0;)
    length += (size_t) n;
  close (ends[0]);
  CHECK_INT (waitpid (child, &status, 0), child);
  CHECK_MSG (status == 0 && length == 0,
             "%s: expected exit status 0 and no message, got wait status %#x and \"%s\"",
             what, (unsigned) status, said);
}

#endif
