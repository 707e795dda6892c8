/* SPDX-License-Identifier: MIT */
/* wx-lock - run a command that can never have writable and executable memory.

   usage: wx-lock COMMAND [ARGUMENT]...

   Two locks, both inherited by everything that COMMAND starts and neither of
   which can be undone:
   - PR_SET_MDWE (Linux 6.3): the kernel refuses memory that is writable and
     executable at once, and execute permission for memory that had none.
   - A seccomp filter with the rules of systemd's MemoryDenyWriteExecute=: EPERM
     for the system calls of the table below.

   Without PR_SET_MDWE the filter alone remains, and stderr says so.  Exit
   status: COMMAND's; 125 if a lock failed, 127 if COMMAND cannot be run.  */

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/shm.h>
#include <sys/syscall.h>
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

#define N_RULES (sizeof rules / sizeof rules[0])
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

static int
install_filter (void)
{
  struct sock_filter code[8 + STATEMENTS_PER_RULE * N_RULES];
  unsigned n = 0;

#define EMIT(statement) (code[n++] = (statement))
  /* Other instruction sets of this kernel have other numbers: none at all.  */
  EMIT (LOAD (arch));
  EMIT (IF_EQUAL_SKIP (THIS_ARCH, 1));
  EMIT (RETURN (SECCOMP_RET_ERRNO | EPERM));
#ifdef X32_BIT
  EMIT (LOAD (nr));
  EMIT (UNLESS_SET_SKIP (X32_BIT, 1));
  EMIT (RETURN (SECCOMP_RET_ERRNO | EPERM));
#endif
  for (const struct rule *r = rules; r < rules + N_RULES; r++)
    {
      EMIT (LOAD (nr));
      EMIT (UNLESS_EQUAL_SKIP (r->nr, 4));
      EMIT (LOAD (args[r->arg]));
      EMIT (AND (r->bits));
      EMIT (UNLESS_EQUAL_SKIP (r->bits, 1));
      EMIT (RETURN (SECCOMP_RET_ERRNO | EPERM));
    }
  EMIT (RETURN (SECCOMP_RET_ALLOW));

  struct sock_fprog program = { .len = n, .filter = code };
  return prctl (PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0);
}

int
main (int argc, char **argv)
{
  if (argc < 2)
    {
      fprintf (stderr, "usage: wx-lock COMMAND [ARGUMENT]...\n");
      return 125;
    }
  if (prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || install_filter () != 0)
    {
      fprintf (stderr, "wx-lock: seccomp: %s\n", strerror (errno));
      return 125;
    }
  if (prctl (PR_SET_MDWE, PR_MDWE_REFUSE_EXEC_GAIN, 0, 0, 0) != 0)
    {
      if (errno != EINVAL)
        {
          fprintf (stderr, "wx-lock: PR_SET_MDWE: %s\n", strerror (errno));
          return 125;
        }
      fprintf (stderr, "wx-lock: this kernel has no PR_SET_MDWE; seccomp alone\n");
    }
  execvp (argv[1], argv + 1);
  fprintf (stderr, "wx-lock: %s: %s\n", argv[1], strerror (errno));
  return 127;
}
