/* SPDX-License-Identifier: MIT */
/* Every process that one may look at.  */

#ifndef MANY_H
#define MANY_H

#include "process.h"

/* A process, after it has been looked at.  */
struct looked
{
  pid_t pid;
  char command[32]; /* as /proc/PID/comm has it, without the newline */
  bool denied;      /* it may not be looked at; then nothing below is known */
  unsigned unclean; /* mappings that break the rule */
  unsigned libffi;
  struct process process; /* with what check says of its mappings */
};

/* Look at every process and give each, in the order of their numbers, to VISIT.  A thread
   of the kernel is none, and neither is what ends meanwhile.  False: there is no
   /proc.  */
bool every_process (void (*visit) (struct looked *looked, void *data), void *data);

/* The mappings of LOOKED that break the rule, as text, one a line, or as JSON.  */
void print_faults (const struct looked *looked, bool json);

int check_units (bool json);

#endif
