/* SPDX-License-Identifier: MIT */
/* { needs x86 } */
/* { options -Wno-deprecated-declarations } */
/* Every address that the library hands out to be called begins with endbr64 or endbr32:
   closures of each table and size, Go closures, caller-owned memory.  */

#include "ffitest.h"
#include "crowd.h"

#ifdef __x86_64__
static const unsigned char endbr[4] = { 0xf3, 0x0f, 0x1e, 0xfa };
#else
static const unsigned char endbr[4] = { 0xf3, 0x0f, 0x1e, 0xfb };
#endif
static struct crowd_member members[30000];

int
main (void)
{
  const size_t sizes[] = { 72, 112, 200, 5000, 100000 };
  ffi_go_closure go;
  void *code;
  crowd_gather (members, ARRAY_SIZE (members));
  for (size_t i = 0; i < ARRAY_SIZE (members); i++)
    CHECK_MEM (members[i].code, endbr, 4);
  for (size_t i = 0; i < ARRAY_SIZE (sizes); i++)
    {
      CHECK (ffi_closure_alloc (sizes[i], &code) != NULL);
      CHECK_MEM (code, endbr, 4);
    }
  CHECK_INT (ffi_prep_go_closure (&go, crowd_cif (), crowd_handle), FFI_OK);
  CHECK_MEM (go.tramp, endbr, 4);
  _Alignas(16) static unsigned char own[128];
  ffi_closure *closure = (ffi_closure *) own;
  if (ffi_prep_closure_loc (closure, crowd_cif (), crowd_handle, NULL, own) == FFI_OK)
    CHECK_MEM (own, endbr, 4);
  return ffitest_done ();
}
