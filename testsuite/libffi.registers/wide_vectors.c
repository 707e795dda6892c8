/* SPDX-License-Identifier: MIT */
/* { needs x86_64 } */
/* { sources harness/CPU.S } */
/* Calls and closures with vectors of 16, 32 and 64 bytes in registers, on the stack and
   as results, among other arguments.  */

#include "harness/calls.h"
#include "harness/closures.h"

int
main (void)
{
  detect_vectors ();
  for (const char *vector = "stwz"; *vector != '\0'; vector++)
    {
      const char v = *vector;
      const struct kind *kind = kind_of (v);
      if (is_too_wide (kind))
        {
          printf ("this processor has no registers of %zu bytes\n", kind->type->size);
          continue;
        }
      const char texts[][24] = { { v, ':' },
                                 { 'v', ':', v },
                                 { v, ':', v },
                                 { 'i', ':', v, 'l', 'd', v },
                                 { v, ':', v, v, v, v, v, v, v, v },
                                 { 'd', ':', v, v, v, v, v, v, v, v, v, 'd', 'l' },
                                 { 'G', ':', v, 'l', 'l', 'l', 'l', 'l', 'l', 'a' },
                                 { 'H', ':', 'e', 'd', v, 'f', 'c', 'C', 'D', 'F', v },
                                 { 'L', ':', 'X', v, 'Y', 'K', 'Q', 't' },
                                 { 'E', ':', 't', v, 's', 'd' },
                                 { 'X', ':', 'l', 'd', v, 'l', 'd' } };
      for (size_t i = 0; i < ARRAY_SIZE (texts); i++)
        {
          check_calls (texts[i], machine_c_abi);
          check_closure (CLOSURE, texts[i], machine_c_abi);
          check_closure (GO_CLOSURE, texts[i], machine_c_abi);
          check_closure (RAW_CLOSURE, texts[i], machine_c_abi);
        }
    }
  return ffitest_done ();
}
