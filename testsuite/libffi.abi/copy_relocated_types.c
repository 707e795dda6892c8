/* SPDX-License-Identifier: MIT */
/* { options -fno-pie -no-pie -ldl } */
/* { needs shared nosan } */
/* A program whose ffi_type objects are copies in its own image: the library must use
   those too, since clients compare types by address.  */

#include "ffitest.h"
#include <dlfcn.h>

extern char __executable_start[], end[];

#define ALL_TYPES(T)                                                                     \
  T (void)                                                                               \
  T (uint8)                                                                              \
  T (sint8)                                                                              \
  T (uint16)                                                                             \
  T (sint16)                                                                             \
  T (uint32)                                                                             \
  T (sint32)                                                                             \
  T (uint64)                                                                             \
  T (sint64)                                                                             \
  T (float)                                                                              \
  T (double)                                                                             \
  T (longdouble)                                                                         \
  T (pointer)

static const struct
{
  const char *name;
  ffi_type *type;
} types[] = {
#define T(name) { "ffi_type_" #name, &ffi_type_##name },
  ALL_TYPES (T)
#ifdef FFI_TARGET_HAS_COMPLEX_TYPE
      T (complex_float) T (complex_double) T (complex_longdouble)
#endif
#ifdef FFI_TARGET_HAS_INT128
          T (uint128) T (sint128)
#endif
};

static int
in_image (const void *p)
{
  return (const char *) p >= __executable_start && (const char *) p < end;
}

int
main (void)
{
  if (!in_image (types[0].type))
    UNSUPPORTED ("this linker makes no copy relocations");
  for (size_t i = 0; i < ARRAY_SIZE (types); i++)
    {
      void *seen = dlsym (RTLD_DEFAULT, types[i].name);
      CHECK_MSG (in_image (types[i].type), "%s: expected a copy in the program",
                 types[i].name);
      CHECK_MSG (seen == types[i].type, "%s: expected %p, got %p", types[i].name,
                 (void *) types[i].type, seen);
    }
  CHECK_INT (ffi_type_pointer.size, sizeof (void *));
  CHECK_INT (ffi_type_pointer.type, FFI_TYPE_POINTER);
#ifdef FFI_TARGET_HAS_COMPLEX_TYPE
  /* The library's own references lead to the copies.  */
  ffi_type *volatile elements[]
      = { ffi_type_complex_float.elements[0], ffi_type_complex_double.elements[0],
          ffi_type_complex_longdouble.elements[0] };
  CHECK_PTR (elements[0], &ffi_type_float);
  CHECK_PTR (elements[1], &ffi_type_double);
  CHECK_PTR (elements[2], &ffi_type_longdouble);
#endif
  return ffitest_done ();
}
