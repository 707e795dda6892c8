/* SPDX-License-Identifier: MIT */
/* Complex integers, an extension of GCC's, through a call and a closure: alone, in a
   struct, where registers run out, and as unnamed arguments.  */

#include "ffitest.h"

#define CHECK_FOR(ctype, name, part)                                                     \
  typedef _Complex ctype z_##name;                                                       \
  typedef struct                                                                         \
  {                                                                                      \
    signed char c;                                                                       \
    z_##name z;                                                                          \
  } s_##name;                                                                            \
                                                                                         \
  static z_##name sum_##name (z_##name a, double b, z_##name c, s_##name d, z_##name e,  \
                              z_##name f, z_##name g)                                    \
  {                                                                                      \
    return a + (ctype) b + 2 * c + 3 * d.z + d.c + 4 * e + 5 * f + 6 * g;                \
  }                                                                                      \
                                                                                         \
  static z_##name unnamed_##name (int n, ...)                                            \
  {                                                                                      \
    z_##name sum = 0;                                                                    \
    va_list list;                                                                        \
    va_start (list, n);                                                                  \
    for (int i = 1; i <= n; i++)                                                         \
      sum += i * va_arg (list, z_##name);                                                \
    va_end (list);                                                                       \
    return sum;                                                                          \
  }                                                                                      \
                                                                                         \
  static void handle_##name (FFITEST_UNUSED ffi_cif *cif, void *result, void **args,     \
                             FFITEST_UNUSED void *data)                                  \
  {                                                                                      \
    z_##name **z = (z_##name **) args;                                                   \
    *(z_##name *) result = sum_##name (*z[0], *(double *) args[1], *z[2],                \
                                       *(s_##name *) args[3], *z[4], *z[5], *z[6]);      \
  }                                                                                      \
                                                                                         \
  static void check_##name (void)                                                        \
  {                                                                                      \
    z_##name z[5] = { 1, 2i, 3 + 4i, 5 - 6i, 7i - 8 }, result[2], expected;              \
    s_##name d = { 3, 2 - 5i };                                                          \
    double b = 11;                                                                       \
    int n = 5;                                                                           \
    ffi_type *elements[] = { &part, NULL };                                              \
    ffi_type type = { 0, 0, FFI_TYPE_COMPLEX, elements };                                \
    STRUCT_TYPE (holds, &ffi_type_sint8, &type);                                         \
    ffi_type *types[] = { &type, &ffi_type_double, &type, &holds, &type, &type, &type }; \
    void *values[] = { &z[0], &b, &z[1], &d, &z[2], &z[3], &z[4] }, *code;               \
    ffi_cif cif;                                                                         \
                                                                                         \
    PREP_CIF (&cif, 7, &type, types);                                                    \
    CHECK_UINT (type.size, sizeof (z_##name));                                           \
    CHECK_UINT (type.alignment, offsetof (s_##name, z));                                 \
    CHECK_UINT (holds.size, sizeof (s_##name));                                          \
    memset (result, 0x5a, sizeof result);                                                \
    expected = sum_##name (z[0], b, z[1], d, z[2], z[3], z[4]);                          \
    ffi_call (&cif, FFI_FN (sum_##name), result, values);                                \
    CHECK_MEM (result, &expected, sizeof expected);                                      \
    ffi_closure *closure = MAKE_CLOSURE (&cif, handle_##name, NULL, &code);              \
    result[0]                                                                            \
        = CODE_AS (__typeof__ (&sum_##name), code) (z[0], b, z[1], d, z[2], z[3], z[4]); \
    CHECK_MEM (result, &expected, sizeof expected);                                      \
    ffi_closure_free (closure);                                                          \
                                                                                         \
    ffi_type *unnamed[] = { &ffi_type_sint, &type, &type, &type, &type, &type };         \
    void *of_unnamed[] = { &n, &z[0], &z[1], &z[2], &z[3], &z[4] };                      \
    PREP_CIF_VAR (&cif, 1, 6, &type, unnamed);                                           \
    ffi_call (&cif, FFI_FN (unnamed_##name), result, of_unnamed);                        \
    expected = unnamed_##name (n, z[0], z[1], z[2], z[3], z[4]);                         \
    CHECK_MEM (result, &expected, sizeof expected);                                      \
    CHECK_FILL (&result[1], 0x5a, sizeof result[1]);                                     \
  }

CHECK_FOR (signed char, schar, ffi_type_schar)
CHECK_FOR (unsigned char, uchar, ffi_type_uchar)
CHECK_FOR (short, sshort, ffi_type_sshort)
CHECK_FOR (unsigned short, ushort, ffi_type_ushort)
CHECK_FOR (int, sint, ffi_type_sint)
CHECK_FOR (unsigned, uint, ffi_type_uint)
CHECK_FOR (long, slong, ffi_type_slong)
CHECK_FOR (unsigned long, ulong, ffi_type_ulong)
CHECK_FOR (long long, sint64, ffi_type_sint64)
CHECK_FOR (unsigned long long, uint64, ffi_type_uint64)
/* Clang has none.  */
#if defined FFI_TARGET_HAS_INT128 && !defined __clang__
CHECK_FOR (__int128, sint128, ffi_type_sint128)
CHECK_FOR (unsigned __int128, uint128, ffi_type_uint128)
#endif

static void
check_refused (ffi_type *part)
{
  ffi_type *elements[] = { part, NULL };
  ffi_type type = { 0, 0, FFI_TYPE_COMPLEX, elements };
  ffi_cif cif;

  CHECK_INT (ffi_prep_cif (&cif, FFI_DEFAULT_ABI, 0, &type, NULL), FFI_BAD_TYPEDEF);
}

int
main (void)
{
  check_schar ();
  check_uchar ();
  check_sshort ();
  check_ushort ();
  check_sint ();
  check_uint ();
  check_slong ();
  check_ulong ();
  check_sint64 ();
  check_uint64 ();
#if defined FFI_TARGET_HAS_INT128 && !defined __clang__
  check_sint128 ();
  check_uint128 ();
#endif
  check_refused (&ffi_type_void);
  check_refused (&ffi_type_pointer);
#ifdef FFI_TARGET_HAS_COMPLEX_TYPE
  check_refused (&ffi_type_complex_float);
#endif
  return ffitest_done ();
}
