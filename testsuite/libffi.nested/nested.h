/* SPDX-License-Identifier: MIT */
/* What GCC calls for pointers to nested functions.  */

#ifndef NESTED_H
#define NESTED_H

#include <ffi_tramp.h>

#ifdef __cplusplus
extern "C"
{
#endif
  void __gcc_nested_func_ptr_created (void *chain, void *function, void *result);
  void __gcc_nested_func_ptr_deleted (void);
#ifdef __cplusplus
}
#endif

/* How often what must not leak is done; less where most runs are emulated.  */
#if defined __x86_64__ || defined __i386__
#define NESTED_MANY(n) FFITEST_MANY (n, (n) / 100)
#else
#define NESTED_MANY(n) ((n) / 100)
#endif

/* The frame of a function as GCC makes it: what the chain points to, and where the
   pointer is.  */
typedef int (*nested_pointer) (int);
struct nested_frame
{
  int variable;
  nested_pointer pointer;
};

static FFITEST_UNUSED size_t
trampolines_used (void)
{
  ffi_tramp_count count;
  ffi_tramp_query (FFI_TRAMP_NONE, &count);
  return count.used;
}

/* No tail call: the frame stays while the functions it calls run.  */
#define KEEP(frame) __asm__ volatile("" : : "r"(frame) : "memory")
#define OWN_FRAME __attribute__ ((noinline))

#endif
