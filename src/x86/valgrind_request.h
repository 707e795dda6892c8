/* SPDX-License-Identifier: MIT */
/* How a program speaks to valgrind: by instructions that do nothing, in an order that no
   compiler makes.  */

#ifndef FFI_VALGRIND_REQUEST_H
#define FFI_VALGRIND_REQUEST_H

#include <stdint.h>

static inline void
ffi_valgrind_request (const uintptr_t request[6])
{
  uintptr_t answer = 0;
#ifdef __x86_64__
  __asm__ volatile("rolq $3, %%rdi\n\t"
                   "rolq $13, %%rdi\n\t"
                   "rolq $61, %%rdi\n\t"
                   "rolq $51, %%rdi\n\t"
                   "xchgq %%rbx, %%rbx"
                   : "+d"(answer)
                   : "a"(request)
                   : "cc", "memory");
#else
  __asm__ volatile("roll $3, %%edi\n\t"
                   "roll $13, %%edi\n\t"
                   "roll $29, %%edi\n\t"
                   "roll $19, %%edi\n\t"
                   "xchgl %%ebx, %%ebx"
                   : "+d"(answer)
                   : "a"(request)
                   : "cc", "memory");
#endif
}

#endif
