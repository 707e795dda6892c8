/* SPDX-License-Identifier: MIT */
/* A test double of /dev/trampfd.

   The program that links trampfd_double.c has a device made of memfds: it defines libc's
   syscall and mmap, which the library calls.  It proves the library's logic, not what
   the kernel promises; its code can be told from the kernel's by the name in
   /proc/self/maps, and it says what it is on stdout.  The library knows nothing of it,
   and never opens anything but /dev/trampfd.

   On a board that has a kernel of its own (boards/collect.exp, for the machines of
   tools/vm) it is compiled with DOUBLE_ON_DEVICE and linked with --wrap: then it passes
   all calls on to the device itself, but still counts them and lets them fail.  */

#ifndef TRAMPFD_DOUBLE_H
#define TRAMPFD_DOUBLE_H

#include <stdbool.h>
#include <stdint.h>

/* How the device behaves; all zero, it works.  */
struct double_behaviour
{
  int fail_at;      /* the number of the call that fails, from 1 on */
  int error;        /* what open says: 0, or an errno */
  bool regular;     /* it is a file */
  unsigned major;   /* of the device, if not 10 */
  bool other_pitch; /* the info differs from what was described */
  bool wrong_code;  /* one byte of the page's last trampoline is not as described */
  bool foreign;     /* another file has the descriptor's number when it is mapped */
  bool no_text;     /* no other file can be opened either */
};

extern struct double_behaviour double_behaviour;

/* What the library has done.  */
extern struct double_record
{
  int calls;        /* of all kinds */
  int opens;        /* of the device, that succeeded */
  int open_now;     /* descriptors of it */
  int maps;         /* that succeeded */
  bool inheritable; /* one was opened without O_CLOEXEC */
} double_record;

/* Whether ADDRESS lies in a page of the device.  */
bool double_maps (const void *address);

/* The form of the page that ADDRESS lies in, TRAMPFD_ADJACENT or TRAMPFD_SECURE.  */
unsigned double_form (const void *address);

/* Whether the kernel would jump to TARGET for a secure trampoline at ADDRESS.  */
bool double_allows (const void *address, uintptr_t target);

#endif
