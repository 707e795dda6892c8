/* SPDX-License-Identifier: MIT */
/* { needs i686 native nosan } */
/* { options -no-pie -fno-pie } */
/* { timeout 300 } */
/* Calls and closures of every convention survive a signal at every instruction that
   overwrites all below the stack pointer.  */

#include "ffitest.h"
#include "stepping32.h"
#include "signatures.h"

static struct signature s;
static int wrong;

/* The bytes of a value of KIND that are not padding.  */
static size_t
significant (const struct kind *kind)
{
  return kind->letter == 'e' ? LONG_DOUBLE_BYTES : kind->type->size;
}

static void
handle (ffi_cif *cif, void *result, void **args, void *data)
{
  (void) data;
  for (unsigned i = 0; i < cif->nargs; i++)
    wrong |= memcmp (args[i], s.values[i], significant (s.arguments[i])) != 0;
  if (s.result->letter != 'v')
    memcpy (result, s.returned, s.result->type->size);
}

int
main (void)
{
  static const ffi_abi abis[] = { FFI_SYSV,     FFI_MS_CDECL, FFI_STDCALL, FFI_THISCALL,
                                  FFI_FASTCALL, FFI_PASCAL,   FFI_REGISTER };
  static _Alignas(16) unsigned char memory[MAX_VALUE];
  char text[MAX_TEXT];
  stepping_prepare ();
  for (size_t abi = 0; abi < ARRAY_SIZE (abis); abi++)
    for (uint32_t i = 0; i < 100; i++)
      {
        void *code;
        uint32_t seed = i;
        signature_random (text, 12,
                          i % 2 == 0 ? "aAbBuip" : "aAbBuilpfdeLDXYoFTghjkJKGmMnN234xryZ",
                          &seed);
        signature_prepare (&s, text, abis[abi]);
        ffi_closure *closure = MAKE_CLOSURE (&s.cif, handle, NULL, &code);
        memset (memory, 0, sizeof memory);
        wrong = 0;
        steps = 0;
        void (*fn) (void) = CODE_AS (void (*) (void), code);
        stepping_on ();
        ffi_call (&s.cif, fn, memory, s.avalue);
        stepping_off ();
        CHECK_MSG (steps > 30, "only %lu instructions seen", steps);
        CHECK_MSG (!wrong, "ABI %d, %s: an argument came out wrong", (int) abis[abi],
                   text);
        CHECK_MEM (memory, s.returned, significant (s.result));
        ffi_closure_free (closure);
      }
  return ffitest_done ();
}
