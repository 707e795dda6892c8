/* SPDX-License-Identifier: MIT */
/* System calls that fail when the test wants them to, whoever makes them and however.

   A seccomp filter lets the kernel send SIGSYS instead; the handler makes the call
   itself, from the one place that the filter lets through, or refuses it.  */

#ifndef FAILING_CALLS_H
#define FAILING_CALLS_H

#include "../libffi.tramp/seccomp_filter.h"
#include <signal.h>
#include <stddef.h>
#include <sys/mman.h>
#include <ucontext.h>

/* The system call NR with ARGUMENTS; the kernel sees it come from ..._end.  */
long failing_calls_gate (long nr, const long *arguments);
extern const char failing_calls_gate_end[];

#if defined __x86_64__
__asm__(".text\n"
        "failing_calls_gate:\n"
        "	movq	%rdi, %rax\n"
        "	movq	%rsi, %r11\n"
        "	movq	(%r11), %rdi\n"
        "	movq	8(%r11), %rsi\n"
        "	movq	16(%r11), %rdx\n"
        "	movq	24(%r11), %r10\n"
        "	movq	32(%r11), %r8\n"
        "	movq	40(%r11), %r9\n"
        "	syscall\n"
        "failing_calls_gate_end:\n"
        "	ret\n");
#define RESULT_REGISTER REG_RAX
#define ARGUMENT_REGISTERS                                                               \
  {                                                                                      \
    REG_RDI, REG_RSI, REG_RDX, REG_R10, REG_R8, REG_R9                                   \
  }
#elif defined __i386__
__asm__(".text\n"
        "failing_calls_gate:\n"
        "	pushl	%ebx\n"
        "	pushl	%esi\n"
        "	pushl	%edi\n"
        "	pushl	%ebp\n"
        "	movl	20(%esp), %eax\n"
        "	movl	24(%esp), %ebp\n"
        "	movl	(%ebp), %ebx\n"
        "	movl	4(%ebp), %ecx\n"
        "	movl	8(%ebp), %edx\n"
        "	movl	12(%ebp), %esi\n"
        "	movl	16(%ebp), %edi\n"
        "	movl	20(%ebp), %ebp\n"
        "	int	$0x80\n"
        "failing_calls_gate_end:\n"
        "	popl	%ebp\n"
        "	popl	%edi\n"
        "	popl	%esi\n"
        "	popl	%ebx\n"
        "	ret\n");
#define RESULT_REGISTER REG_EAX
#define ARGUMENT_REGISTERS                                                               \
  {                                                                                      \
    REG_EBX, REG_ECX, REG_EDX, REG_ESI, REG_EDI, REG_EBP                                 \
  }
#endif

#define ALL_CALLS (-1)

static const struct failing_call
{
  const char *name;
  long nr;
  int errors[4]; /* that make sense for it */
} failing_call_list[] = {
#ifdef SYS_mmap2
  { "mmap", SYS_mmap2, { ENOMEM, EPERM, EINVAL, ENODEV } },
#else
  { "mmap", SYS_mmap, { ENOMEM, EPERM, EINVAL, ENODEV } },
#endif
  { "munmap", SYS_munmap, { ENOMEM, EPERM, EINVAL } },
  { "mremap", SYS_mremap, { ENOMEM, EPERM, EINVAL, ENOSYS } },
  { "mprotect", SYS_mprotect, { ENOMEM, EPERM } },
  { "openat", SYS_openat, { EMFILE, EACCES, ENOENT, EINTR } },
  { "read", SYS_read, { EIO, EPERM, EINTR } },
  { "close", SYS_close, { EIO, EINTR } },
  { "fstatfs", SYS_fstatfs, { EIO, ENOSYS } },
#ifdef SYS_newfstatat
  { "newfstatat", SYS_newfstatat, { EIO, EPERM } },
#endif
#ifdef SYS_fstatat64
  { "fstatat64", SYS_fstatat64, { EIO, EPERM } },
#endif
  { "fstat", SYS_fstat, { EIO, EPERM } },
#ifdef SYS_fstat64
  { "fstat64", SYS_fstat64, { EIO, EPERM } },
#endif
#ifdef SYS_statx
  { "statx", SYS_statx, { EIO, ENOSYS } },
#endif
  { "geteuid", SYS_geteuid, { ENOSYS } },
};

/* What fails: from the FIRST call on so many, all of them if NR is ALL_CALLS or those of
   NR, with the error number CHOICE.  */
static struct
{
  volatile int armed;
  int first, count, choice;
  long nr;
  int seen, failed; /* so many were made, and failed */
} failing;

static void
failing_calls_handle (int signal, siginfo_t *info, void *context)
{
  static const int registers[] = ARGUMENT_REGISTERS;
  greg_t *state = ((ucontext_t *) context)->uc_mcontext.gregs;
  long arguments[6], nr = info->si_syscall;
  int error = 0;
  (void) signal;
  for (int i = 0; i < 6; i++)
    arguments[i] = state[registers[i]];
  if (failing.armed && (failing.nr == ALL_CALLS || failing.nr == nr))
    {
      int index = failing.seen++;
      if (index >= failing.first && index - failing.first < failing.count)
        for (size_t i = 0; i < ARRAY_SIZE (failing_call_list); i++)
          if (failing_call_list[i].nr == nr)
            error = failing_call_list[i].errors[failing.choice];
      failing.failed += error != 0;
    }
  /* close does its work even if it fails.  */
  if (error == 0 || nr == SYS_close)
    state[RESULT_REGISTER] = failing_calls_gate (nr, arguments);
  if (error != 0)
    state[RESULT_REGISTER] = -error;
}

/* From now on.  Returns null, or the reason why that cannot be.  */
static FFITEST_UNUSED const char *
failing_calls_install (void)
{
  struct sock_filter code[2 * ARRAY_SIZE (failing_call_list) + 8];
  struct sigaction action = { .sa_sigaction = failing_calls_handle };
  unsigned short n = 0;
  uint64_t gate = (uintptr_t) failing_calls_gate_end;
  action.sa_flags = SA_SIGINFO | SA_NODEFER;
  CHECK_INT (sigaction (SIGSYS, &action, NULL), 0);
#define EMIT(...) (code[n++] = (struct sock_filter) __VA_ARGS__)
  EMIT (LOAD (instruction_pointer));
  EMIT (UNLESS_EQUAL ((uint32_t) gate, 3));
  EMIT (BPF_STMT (BPF_LD | BPF_W | BPF_ABS,
                  offsetof (struct seccomp_data, instruction_pointer) + 4));
  EMIT (UNLESS_EQUAL ((uint32_t) (gate >> 32), 1));
  EMIT (ANSWER (SECCOMP_RET_ALLOW));
  EMIT (LOAD (nr));
  for (size_t i = 0; i < ARRAY_SIZE (failing_call_list); i++)
    {
      EMIT (UNLESS_EQUAL (failing_call_list[i].nr, 1));
      EMIT (ANSWER (SECCOMP_RET_TRAP));
    }
  EMIT (ANSWER (SECCOMP_RET_ALLOW));
#undef EMIT
  return install_filter (code, n) ? NULL : "the kernel has no seccomp filters";
}

static FFITEST_UNUSED void
fail_calls (long nr, int first, int count, int choice)
{
  failing.nr = nr;
  failing.first = first;
  failing.count = count;
  failing.choice = choice;
  failing.seen = failing.failed = 0;
  failing.armed = 1;
}

#endif
