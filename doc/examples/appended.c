/* SPDX-License-Identifier: MIT */
/* qsort gives its comparator two arguments and no context.  A trampoline appends one: it
   enters static code with the address of { function, context } as its data, which calls
   the function with the context as the third argument.  No signature is looked at, so
   that a call costs two or three instructions more than a plain one.  */
#include <ffi_tramp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "static_code.h"

struct bound
{
  int (*function) (const void *, const void *, void *context);
  void *context;
};

/* In: the designated register points to the pair, whose first word is a struct bound.  */
#if defined __x86_64__
STATIC_CODE (append_context, "endbr64\n\t"
                             "movq (%r10), %r11\n\t"
                             "movq 8(%r11), %rdx\n\t"
                             "jmp *(%r11)");
#elif defined __i386__
STATIC_CODE (append_context, "endbr32\n\t"
                             "movl (%eax), %ecx\n\t"
                             "popl %eax\n\t"
                             ".cfi_adjust_cfa_offset -4\n\t"
                             "pushl 4(%ecx)\n\t"
                             ".cfi_adjust_cfa_offset 4\n\t"
                             "pushl 12(%esp)\n\t" /* the second argument */
                             ".cfi_adjust_cfa_offset 4\n\t"
                             "pushl 12(%esp)\n\t" /* the first */
                             ".cfi_adjust_cfa_offset 4\n\t"
                             "call *(%ecx)\n\t"
                             "addl $12, %esp\n\t"
                             ".cfi_adjust_cfa_offset -12\n\t"
                             "ret");
#elif defined __aarch64__
STATIC_CODE (append_context, "hint #34\n\t" /* bti c */
                             "ldr x17, [x17]\n\t"
                             "ldp x16, x2, [x17]\n\t"
                             "br x16");
#elif defined __arm__
STATIC_CODE (append_context, "ldr ip, [ip]\n\t"
                             "ldr r2, [ip, #4]\n\t"
                             "ldr pc, [ip]");
#elif defined __powerpc64__
STATIC_CODE (append_context, "ld 12, 0(11)\n\t"
                             "ld 5, 8(12)\n\t"
                             "ld 12, 0(12)\n\t"
                             "mtctr 12\n\t"
                             "bctr");
#elif defined __riscv
STATIC_CODE (append_context, ".word 0x17\n\t" /* lpad 0 */
                             "ld t1, 0(t1)\n\t"
                             "ld a2, 8(t1)\n\t"
                             "ld t1, 0(t1)\n\t"
                             "jr t1");
#endif

static int
by_column (const void *a, const void *b, void *context)
{
  int column = *(int *) context;

  return strcmp (((char *const *) a)[column], ((char *const *) b)[column]);
}

int
main (void)
{
  static char *rows[][3] = { { "pear", "1", "green" },
                             { "apple", "3", "red" },
                             { "banana", "2", "yellow" } };
  static int column;
  static struct bound bound = { by_column, &column };
  ffi_tramp *tramp = ffi_tramp_alloc ();

  if (tramp == NULL || ffi_tramp_init (tramp, append_context, &bound) != 0)
    return 1;
  int (*compare) (const void *, const void *)
      = (int (*) (const void *, const void *)) ffi_tramp_code (tramp);
  for (column = 0; column < 3; column++)
    {
      qsort (rows, 3, sizeof rows[0], compare);
      printf ("%s %s %s\n", rows[0][column], rows[1][column], rows[2][column]);
    }
  ffi_tramp_free (tramp);
  return 0;
}
