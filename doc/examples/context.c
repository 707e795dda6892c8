/* SPDX-License-Identifier: MIT */
/* Give qsort a comparator with a context, without signatures and without handlers: a
   trampoline enters static code, which appends its data to the arguments.  */
#include <ffi_tramp.h>
#include <stdio.h>
#include <stdlib.h>

struct order
{
  int sign;
  unsigned calls;
};

/* What the comparator is to do; the third argument is what qsort lacks.  */
__attribute__ ((used)) int
compare (const void *a, const void *b, struct order *order)
{
  order->calls++;
  return order->sign * (*(const int *) a - *(const int *) b);
}

/* The static code: load the third argument from the pair, go on at compare.  */
extern void append (void);
#define STATIC_CODE(...)                                                                 \
  __asm__(".text\n\t.globl append\n\t.type append, %function\n\t"                        \
          ".balign 16\nappend:\n\t" __VA_ARGS__)

#if defined __x86_64__
STATIC_CODE ("endbr64\n\t"
             "movq (%r10), %rdx\n\t"
             "jmp compare");
#elif defined __aarch64__
STATIC_CODE ("hint #34\n\t" /* bti c */
             "ldr x2, [x17]\n\t"
             "b compare");
#elif defined __arm__
STATIC_CODE (".arm\n\t"
             "ldr r2, [ip]\n\t"
             "b compare");
#elif defined __i386__
/* Arguments lie on the stack, above the caller's eax and the return address.  */
STATIC_CODE ("endbr32\n\t"
             "addl $4, %esp\n\t"
             "pushl (%eax)\n\t"
             "pushl 12(%esp)\n\t"
             "pushl 12(%esp)\n\t"
             "call compare\n\t"
             "addl $12, %esp\n\t"
             "ret");
#endif

int
main (void)
{
  struct order order = { -1, 0 };
  int numbers[] = { 3, 1, 4, 1, 5, 9, 2, 6 };
  const int n = sizeof numbers / sizeof *numbers;

  ffi_tramp *tramp = ffi_tramp_alloc ();
  if (tramp == NULL || ffi_tramp_init (tramp, append, &order) != 0)
    return 1;
  qsort (numbers, n, sizeof *numbers,
         (int (*) (const void *, const void *)) ffi_tramp_code (tramp));
  ffi_tramp_free (tramp);
  for (int i = 0; i < n; i++)
    printf ("%d%c", numbers[i], i < n - 1 ? ' ' : '\n');
  return order.calls > 0 ? 0 : 1;
}
