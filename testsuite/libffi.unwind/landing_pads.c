/* SPDX-License-Identifier: MIT */
/* { options -Wno-deprecated-declarations } */
/* Every address that the library hands out to be called begins with a landing pad,
   where the processor's family has them: closures of each table and size, Go
   closures, caller-owned memory.  */

#include "ffitest.h"
#include "crowd.h"

static const unsigned char pad[4] =
#if defined __x86_64__
    { 0xf3, 0x0f, 0x1e, 0xfa }; /* endbr64 */
#elif defined __i386__
    { 0xf3, 0x0f, 0x1e, 0xfb }; /* endbr32 */
#elif defined __aarch64__
    { 0x5f, 0x24, 0x03, 0xd5 }; /* bti c */
#elif defined __riscv_landing_pad
    { 0x17, 0, 0, 0 }; /* lpad 0 */
#else
    { 0 };
#endif
static struct crowd_member members[30000];

int
main (void)
{
  const size_t sizes[] = { 72, 112, 200, 5000, 100000 };
  ffi_go_closure go;
  void *code;
  if (pad[0] == 0)
    UNSUPPORTED ("no landing pads here");
  crowd_gather (members, ARRAY_SIZE (members));
  for (size_t i = 0; i < ARRAY_SIZE (members); i++)
    CHECK_MEM (members[i].code, pad, 4);
  for (size_t i = 0; i < ARRAY_SIZE (sizes); i++)
    {
      CHECK (ffi_closure_alloc (sizes[i], &code) != NULL);
      CHECK_MEM (code, pad, 4);
    }
  CHECK_INT (ffi_prep_go_closure (&go, crowd_cif (), crowd_handle), FFI_OK);
  CHECK_MEM (go.tramp, pad, 4);
  _Alignas(16) static unsigned char own[128];
  ffi_closure *closure = (ffi_closure *) own;
  if (ffi_prep_closure_loc (closure, crowd_cif (), crowd_handle, NULL, own) == FFI_OK)
    CHECK_MEM (own, pad, 4);
  return ffitest_done ();
}
