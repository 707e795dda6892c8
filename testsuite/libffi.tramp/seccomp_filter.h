/* SPDX-License-Identifier: MIT */
/* Filters of system calls, without a library.  */

#ifndef SECCOMP_FILTER_H
#define SECCOMP_FILTER_H

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#define LOAD(member)                                                                     \
  BPF_STMT (BPF_LD | BPF_W | BPF_ABS, offsetof (struct seccomp_data, member))
/* The low half of an argument.  */
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define LOAD_ARGUMENT(n) LOAD (args[n])
#else
#define LOAD_ARGUMENT(n)                                                                 \
  BPF_STMT (BPF_LD | BPF_W | BPF_ABS, offsetof (struct seccomp_data, args[n]) + 4)
#endif
#define UNLESS_EQUAL(value, skip) BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, value, 0, skip)
#define UNLESS_SET(bits, skip) BPF_JUMP (BPF_JMP | BPF_JSET | BPF_K, bits, 0, skip)
#define ANSWER(action) BPF_STMT (BPF_RET | BPF_K, action)

/* Install FILTER of N instructions; false if the kernel does not let us.  */
static FFITEST_UNUSED int
install_filter (struct sock_filter *filter, unsigned short n)
{
  struct sock_fprog program = { n, filter };
  return prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0
         && prctl (PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

#endif
