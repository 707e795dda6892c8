/* SPDX-License-Identifier: MIT */
/* Reserve closures, then enter a sandbox without any executable mapping to come.  */
#include <ffi_tramp.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifdef SYS_mmap2
#define MAP_CALL SYS_mmap2
#else
#define MAP_CALL SYS_mmap
#endif

enum
{
  MANY = 5000
};

/* Refuse every mmap with PROT_EXEC, and openat.  Returns 0.  */
static int
enter_sandbox (void)
{
  struct sock_filter code[] = {
    BPF_STMT (BPF_LD | BPF_W | BPF_ABS, offsetof (struct seccomp_data, nr)),
    BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, SYS_openat, 3, 0),
    BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, MAP_CALL, 0, 3),
    BPF_STMT (BPF_LD | BPF_W | BPF_ABS, offsetof (struct seccomp_data, args[2])),
    BPF_JUMP (BPF_JMP | BPF_JSET | BPF_K, PROT_EXEC, 0, 1),
    BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_ERRNO | 1),
    BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  struct sock_fprog filter = { sizeof code / sizeof *code, code };

  if (prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
    return -1;
  return prctl (PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter);
}

static void
increment (ffi_cif *cif, void *result, void **args, void *user_data)
{
  (void) cif, (void) args;
  *(ffi_arg *) result = ++*(int *) user_data;
}

int
main (void)
{
  static ffi_closure *closures[MANY];
  int calls = 0;
  ffi_cif cif;

  if (ffi_prep_cif (&cif, FFI_DEFAULT_ABI, 0, &ffi_type_sint, NULL) != FFI_OK
      || ffi_tramp_reserve (MANY) != 0)
    return 1;
  enter_sandbox (); /* an emulator may not know such filters */
  for (int i = 0; i < MANY; i++)
    {
      void *code;
      closures[i] = ffi_tramp_closure_alloc (&cif, increment, &calls, &code);
      if (closures[i] == NULL)
        return 1;
      ((int (*) (void)) code) ();
    }
  for (int i = 0; i < MANY; i++)
    ffi_closure_free (closures[i]);
  printf ("%d calls\n", calls);
  return 0;
}
