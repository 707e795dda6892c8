/* SPDX-License-Identifier: MIT */
/* A struct that contains itself, directly or through others, size given or not:
   FFI_BAD_TYPEDEF, and no endless descent.  One with a size of more than two words, or on
   AArch64 with any, which conventions need not look into, may be carried as so many bytes
   instead.  */

#include "ffitest.h"

enum
{
#ifdef __aarch64__
  SMALL = 0
#else
  SMALL = 2 * sizeof (long)
#endif
};

/* Its members are aligned to 8 bytes, like those of the types.  */
struct large
{
  long long words[8];
};

static struct large
same (struct large value)
{
  return value;
}

/* Whether TYPE is carried by a call, of what may be passed as a struct of its size.  */
static void
carried (ffi_type *type)
{
  struct large value, result = { { 0 } };
  void *values[] = { &value };
  ffi_cif cif;

  if (ffi_prep_cif (&cif, FFI_DEFAULT_ABI, 1, type, &type) != FFI_OK
      || type->size != sizeof value)
    return;
  for (unsigned i = 0; i < ARRAY_SIZE (value.words); i++)
    value.words[i] = 0x1122334455667700 + i;
  ffi_call (&cif, FFI_FN (same), &result, values);
  CHECK (memcmp (&value, &result, sizeof value) == 0);
  ffi_get_struct_offsets (FFI_DEFAULT_ABI, type, NULL);
}

static void
check (ffi_type *type)
{
  ffi_type *types[] = { &ffi_type_sint, type };
  ffi_cif cif;

  if (type->size > SMALL)
    {
      carried (type);
      return;
    }
  CHECK_INT (ffi_prep_cif (&cif, FFI_DEFAULT_ABI, 0, type, NULL), FFI_BAD_TYPEDEF);
  CHECK_INT (ffi_prep_cif (&cif, FFI_DEFAULT_ABI, 2, &ffi_type_void, types),
             FFI_BAD_TYPEDEF);
  CHECK_INT (ffi_prep_cif_var (&cif, FFI_DEFAULT_ABI, 1, 2, &ffi_type_void, types),
             FFI_BAD_TYPEDEF);
  CHECK_INT (ffi_get_struct_offsets (FFI_DEFAULT_ABI, type, NULL), FFI_BAD_TYPEDEF);
}

int
main (void)
{
  const size_t sizes[] = { 0, 8, 16, 64 };
  for (size_t i = 0; i < ARRAY_SIZE (sizes); i++)
    {
      unsigned short alignment = sizes[i] == 0 ? 0 : 8;
      ffi_type direct = { sizes[i], alignment, FFI_TYPE_STRUCT, NULL };
      ffi_type *direct_elements[] = { &ffi_type_sint, &direct, NULL };
      direct.elements = direct_elements;
      check (&direct);

      ffi_type a = { sizes[i], alignment, FFI_TYPE_STRUCT, NULL };
      ffi_type b = { sizes[i], alignment, FFI_TYPE_STRUCT, NULL };
      ffi_type c = { sizes[i], alignment, FFI_TYPE_STRUCT, NULL };
      ffi_type *a_elements[] = { &b, NULL };
      ffi_type *b_elements[] = { &ffi_type_double, &c, NULL };
      ffi_type *c_elements[] = { &a, &ffi_type_sint, NULL };
      a.elements = a_elements;
      b.elements = b_elements;
      c.elements = c_elements;
      check (&a);
      check (&b);
      check (&c);
    }
  return ffitest_done ();
}
