/* SPDX-License-Identifier: MIT */
/* Closures by the System V psABI for AMD64: which entry code a closure gets, and
   the general collection of arguments.  */

#include "arch.h"
#include "internal64.h"
#include <string.h>

void ffi_entry64_general (void);
void ffi_entry64_xmm (void);
void ffi_entry64_ymm (void);
void ffi_entry64_zmm (void);
void ffi_entry64_go_general (void);
void ffi_entry64_go_xmm (void);
void ffi_entry64_go_ymm (void);
void ffi_entry64_go_zmm (void);

/* The general entry by the widest vector register in use.  */
static ffi_entry
general_entry (const ffi_cif *cif)
{
  switch ((cif->flags & FLAG64_WIDE_MASK) >> FLAG64_WIDE_SHIFT)
    {
    case 0:
      return ffi_entry64_general;
    case 1:
      return ffi_entry64_xmm;
    case 2:
      return ffi_entry64_ymm;
    default:
      return ffi_entry64_zmm;
    }
}

ffi_entry
ffi_arch_closure_entry (const ffi_cif *cif, unsigned char *map)
{
  (void) map;
  return cif->abi == FFI_UNIX64 ? general_entry (cif) : NULL;
}

ffi_entry
ffi_arch_go_entry (const ffi_cif *cif)
{
  if (cif->abi != FFI_UNIX64)
    return NULL;
  switch ((cif->flags & FLAG64_WIDE_MASK) >> FLAG64_WIDE_SHIFT)
    {
    case 0:
      return ffi_entry64_go_general;
    case 1:
      return ffi_entry64_go_xmm;
    case 2:
      return ffi_entry64_go_ymm;
    default:
      return ffi_entry64_go_zmm;
    }
}

void
ffi_arch_write_trampoline (char *tramp, void *codeloc, ffi_entry entry)
{
  /* endbr64; lea 5(%rip), %r10; jmp *8(%r10); nop - the pair follows.  */
  static const unsigned char code[16] = { 0xf3, 0x0f, 0x1e, 0xfa, 0x4c, 0x8d, 0x15, 0x05,
                                          0,    0,    0,    0x41, 0xff, 0x62, 0x08, 0x90 };

  memcpy (tramp, code, sizeof code);
  memcpy (tramp + 16, &codeloc, 8);
  memcpy (tramp + 24, &entry, 8);
}

/* Put the halves of a struct that came in registers of both kinds together.  */
static void *
join (void *to, const void *first, const void *second)
{
  memcpy (to, first, 8);
  memcpy ((char *) to + 8, second, 8);
  return to;
}

unsigned
ffi_closure_inner64 (ffi_cif *cif, ffi_handler fun, void *user_data, struct regs64 *regs,
                     size_t stride, char *stack, void *result)
{
  void **args = __builtin_alloca (cif->nargs * sizeof (void *));
  struct walk64 w = { .align = 16 };
  unsigned code = cif->flags & RET64_MASK;

  if (code == RET64_MEMORY)
    result = (void *) (uintptr_t) regs->gpr[w.gprs++];
  for (unsigned i = 0; i < cif->nargs; i++)
    {
      const ffi_type *type = cif->arg_types[i];
      uint64_t *gpr = &regs->gpr[w.gprs];
      char *sse = &regs->sse[w.sses * stride];
      size_t offset;

      switch (ffi_next_place64 (&w, type, &offset))
        {
        case PLACE_GPR:
        case PLACE_GPR_GPR:
          args[i] = gpr;
          break;
        case PLACE_SSE_SSE:
          args[i] = stride == NARROW_STRIDE ? sse
                                            : join (__builtin_alloca (16), sse, sse + stride);
          break;
        case PLACE_GPR_SSE:
          args[i] = join (__builtin_alloca (16), gpr, sse);
          break;
        case PLACE_SSE_GPR:
          args[i] = join (__builtin_alloca (16), sse, gpr);
          break;
        case PLACE_MEMORY:
          args[i] = stack + offset;
          break;
        default: /* One vector register, or an empty struct anywhere.  */
          args[i] = sse;
          break;
        }
    }
  fun (cif, result, args, user_data);
  return code;
}
