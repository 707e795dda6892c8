/* SPDX-License-Identifier: MIT */
/* The library's system calls pass by the test, which may refuse them.  */

#ifndef OWN_SYSCALL_H
#define OWN_SYSCALL_H

#include <dlfcn.h>
#include <stdarg.h>
#include <sys/syscall.h>

/* The test's: the error with which the system call NUMBER fails, or 0.  */
static int refused (long number, const long *arguments);

long
syscall (long number, ...)
{
  static long (*real) (long, ...);
  long a[6];
  va_list list;
  va_start (list, number);
  for (int i = 0; i < 6; i++)
    a[i] = va_arg (list, long);
  va_end (list);
  int error = refused (number, a);
  if (error != 0)
    {
      errno = error;
      return -1;
    }
  if (real == NULL)
    real = (long (*) (long, ...)) dlsym (RTLD_NEXT, "syscall");
  return real (number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

#endif
