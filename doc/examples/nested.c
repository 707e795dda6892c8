/* SPDX-License-Identifier: MIT */
/* Pointers to nested functions without an executable stack.

   A nested function finds its enclosing frame through the static chain, a register that
   callers through a pointer know nothing of.  GCC makes such pointers by writing code to
   the stack or, from GCC 14 on with -ftrampoline-impl=heap, by calling the two functions
   below, of which its own library's versions write code to pages that are writable and
   executable in turn.  These write no code: a trampoline enters static code that loads
   the chain.  Link them into a program to use them instead.  */
#include <ffi_tramp.h>
#include <stdio.h>
#include <stdlib.h>
#include "static_code.h"

/* What the static code reads, and a link in the list of what this thread has.  */
struct nested
{
  void *function;
  void *chain;
  ffi_tramp *tramp;
  struct nested *below;
};

/* In: the designated register points to the pair, whose first word is a struct nested.
   Out: the static chain register is loaded, all else as the caller left it.  */
#if defined __x86_64__
STATIC_CODE (enter_nested, "endbr64\n\t"
                           "movq (%r10), %r11\n\t"
                           "movq 8(%r11), %r10\n\t" /* the static chain */
                           "jmp *(%r11)");
#elif defined __i386__
STATIC_CODE (enter_nested, "endbr32\n\t"
                           "movl (%eax), %ecx\n\t"
                           "popl %eax\n\t"
                           ".cfi_adjust_cfa_offset -4\n\t"
                           "pushl (%ecx)\n\t"
                           ".cfi_adjust_cfa_offset 4\n\t"
                           "movl 4(%ecx), %ecx\n\t" /* the static chain */
                           "ret");                  /* to the function */
#elif defined __aarch64__
STATIC_CODE (enter_nested, "hint #34\n\t" /* bti c */
                           "ldr x17, [x17]\n\t"
                           "ldp x16, x18, [x17]\n\t" /* x18: the static chain */
                           "br x16");
#elif defined __s390x__
STATIC_CODE (enter_nested, "lgr %r1, %r0\n\t"
                           "lg %r1, 0(%r1)\n\t"
                           "lg %r0, 8(%r1)\n\t" /* the static chain */
                           "lg %r1, 0(%r1)\n\t"
                           "br %r1"); /* to the function */
#elif defined __arm__
STATIC_CODE (enter_nested, "ldr ip, [ip]\n\t"
                           "push {r0, r1}\n\t"
                           ".cfi_adjust_cfa_offset 8\n\t"
                           "ldr r0, [ip]\n\t"
                           "str r0, [sp, #4]\n\t"
                           "ldr ip, [ip, #4]\n\t" /* the static chain */
                           "pop {r0, pc}");       /* to the function */
#elif defined __powerpc64__
STATIC_CODE (enter_nested, "ld 12, 0(11)\n\t"
                           "ld 11, 8(12)\n\t" /* the static chain */
                           "ld 12, 0(12)\n\t" /* where a function finds its TOC by it */
                           "mtctr 12\n\t"
                           "bctr");
#elif defined __riscv
STATIC_CODE (enter_nested, ".word 0x17\n\t" /* lpad 0 */
                           "ld t1, 0(t1)\n\t"
                           "ld t2, 8(t1)\n\t" /* the static chain */
                           "ld t1, 0(t1)\n\t"
                           "jr t1");
#endif

static __thread struct nested *innermost;

void __gcc_nested_func_ptr_created (void *chain, void *function, void *result);
void __gcc_nested_func_ptr_deleted (void);

/* Store in *(void **) RESULT a pointer to FUNCTION, whose frame is CHAIN.  A function
   cannot report that it got no pointer to one nested in it.  */
void
__gcc_nested_func_ptr_created (void *chain, void *function, void *result)
{
  struct nested *n = malloc (sizeof *n);

  if (n == NULL || (n->tramp = ffi_tramp_alloc ()) == NULL)
    abort ();
  n->function = function;
  n->chain = chain;
  n->below = innermost;
  ffi_tramp_init (n->tramp, enter_nested, n);
  innermost = n;
  *(void **) result = ffi_tramp_code (n->tramp);
}

/* Take back the pointer that this thread created last.  */
void
__gcc_nested_func_ptr_deleted (void)
{
  struct nested *n = innermost;

  innermost = n->below;
  ffi_tramp_free (n->tramp);
  free (n);
}

/* --- A function as compilers make nested ones ------------------------------- */

struct frame
{
  int *counts;
  int base;
};

int body_of_count (int value, struct frame *frame);

__attribute__ ((used)) int
body_of_count (int value, struct frame *frame)
{
  frame->counts[value - frame->base]++;
  return value;
}

/* count (value): the chain becomes the second argument of body_of_count.  */
#if defined __x86_64__
STATIC_CODE (count, "endbr64\n\t"
                    "movq %r10, %rsi\n\t"
                    "jmp body_of_count");
#elif defined __i386__
STATIC_CODE (count, ".cfi_def_cfa_offset 4\n\t"
                    "endbr32\n\t"
                    "pushl %ecx\n\t"
                    ".cfi_adjust_cfa_offset 4\n\t"
                    "pushl 8(%esp)\n\t"
                    ".cfi_adjust_cfa_offset 4\n\t"
                    "call body_of_count\n\t"
                    "addl $8, %esp\n\t"
                    ".cfi_adjust_cfa_offset -8\n\t"
                    "ret");
#elif defined __aarch64__
STATIC_CODE (count, "hint #34\n\t"
                    "mov x1, x18\n\t"
                    "b body_of_count");
#elif defined __s390x__
STATIC_CODE (count, "lgr %r3, %r0\n\t"
                    "jg body_of_count");
#elif defined __arm__
STATIC_CODE (count, "mov r1, ip\n\t"
                    "b body_of_count");
#elif defined __powerpc64__
STATIC_CODE (count, "addis 2, 12, .TOC. - count@ha\n\t"
                    "addi 2, 2, .TOC. - count@l\n\t"
                    ".localentry count, . - count\n\t"
                    "mr 4, 11\n\t"
                    "b body_of_count");
#elif defined __riscv
STATIC_CODE (count, "mv a1, t2\n\t"
                    "tail body_of_count");
#endif

static int
for_each (const int *values, int n, int (*function) (int))
{
  int sum = 0;
  for (int i = 0; i < n; i++)
    sum += function (values[i]);
  return sum;
}

/* Each level has a frame and a pointer of its own.  */
static int
count_from (int base, int levels)
{
  static const int values[] = { 3, 4, 4, 5, 3, 4 };
  int counts[3] = { 0 }, (*pointer) (int), sum;
  struct frame frame = { counts, base };

  __gcc_nested_func_ptr_created (&frame, (void *) count, &pointer);
  sum = for_each (values, 3, pointer);
  if (levels > 1)
    count_from (base, levels - 1);
  sum += for_each (values + 3, 3, pointer);
  __gcc_nested_func_ptr_deleted ();
  printf ("level %d: %d %d %d, sum %d\n", levels, counts[0], counts[1], counts[2], sum);
  return sum;
}

int
main (void)
{
  return count_from (3, 3) == 23 ? 0 : 1;
}
