/* SPDX-License-Identifier: MIT */
/* Structs aligned to 16, 32 and 64 by attribute arrive where the compiler looks
   for them, aligned, in registers and on the stack; and return.  Those of one member
   have an empty struct as second element: else they were taken for unions.  */

#include "ffitest.h"

/* How far a caller aligns a struct of such members.  On AArch64 those of doubles come
   in registers here, and where the compiler keeps them is its own affair; on 32-bit
   Arm all are in registers or on a stack that is aligned to 8.  */
#ifdef __arm__
#define CALLERS_ALIGN(member, align) 4
#elif defined __powerpc64__
#define CALLERS_ALIGN(member, align) 16
#elif defined __aarch64__
#define CALLERS_ALIGN(member, align) _Generic((member), double : 16, default : align)
#elif defined __s390x__ /* no stack is aligned to more */
#define CALLERS_ALIGN(member, align) 8
#else
#define CALLERS_ALIGN(member, align) (align)
#endif

#define DEFINE(name, members, align)                                                     \
  struct name                                                                            \
  {                                                                                      \
    members                                                                              \
  } __attribute__ ((aligned (align)));                                                   \
  static struct name seen_##name[3];                                                     \
  static uintptr_t address_##name[3];                                                    \
  static const char *trouble_##name;                                                     \
                                                                                         \
  static struct name take_##name (int a, struct name s, char b, long c, long d, long e,  \
                                  long f, long g, struct name t, long h, double i,       \
                                  struct name u, int j)                                  \
  {                                                                                      \
    struct name *parts[] = { &s, &t, &u };                                               \
    for (int k = 0; k < 3; k++)                                                          \
      {                                                                                  \
        __asm__("" : "+r"(parts[k]));                                                    \
        address_##name[k] = (uintptr_t) parts[k];                                        \
        __asm__("" : "+r"(address_##name[k]));                                           \
        memcpy (&seen_##name[k], parts[k], sizeof s);                                    \
      }                                                                                  \
    if (a != 1 || b != 2 || c != 3 || d != 4 || e != 5 || f != 6 || g != 7 || h != 8     \
        || i != 9 || j != 10)                                                            \
      trouble_##name = "a scalar beside it came out wrong";                              \
    return t;                                                                            \
  }                                                                                      \
                                                                                         \
  static void test_##name (ffi_type **elements)                                          \
  {                                                                                      \
    ffi_type type = { sizeof (struct name), align, FFI_TYPE_STRUCT, elements };          \
    ffi_type *l = &ffi_type_slong, *in = &ffi_type_sint, *ch = &ffi_type_schar;          \
    ffi_type *types[]                                                                    \
        = { in, &type, ch, l, l, l, l, l, &type, l, &ffi_type_double, &type, in };       \
    int a = 1, j = 10;                                                                   \
    signed char b = 2;                                                                   \
    long n[] = { 3, 4, 5, 6, 7, 8 };                                                     \
    double i = 9;                                                                        \
    struct name s[3], result;                                                            \
    void *avalue[] = { &a,    &s[0], &b,    &n[0], &n[1], &n[2], &n[3],                  \
                       &n[4], &s[1], &n[5], &i,    &s[2], &j };                          \
    ffi_cif cif;                                                                         \
    memset (s, 0, sizeof s);                                                             \
    for (int k = 0; k < 3; k++)                                                          \
      for (size_t m = 0; m < sizeof s[k].a / sizeof s[k].a[0]; m++)                      \
        s[k].a[m] = (__typeof__ (s[k].a[m])) (1 + k * 31 + (int) m);                     \
    PREP_CIF (&cif, 13, &type, types);                                                   \
    CHECK_INT (type.alignment, align);                                                   \
    ffi_call (&cif, FFI_FN (take_##name), &result, avalue);                              \
    CHECK_MSG (trouble_##name == NULL, "struct " #name ": %s", trouble_##name);          \
    for (int k = 0; k < 3; k++)                                                          \
      {                                                                                  \
        CHECK_MEM (&seen_##name[k].a, &s[k].a, sizeof s[k].a);                           \
        CHECK_MSG (address_##name[k] % CALLERS_ALIGN (s[k].a[0], align) == 0,            \
                   "struct " #name " %d is at %#lx", k,                                  \
                   (unsigned long) address_##name[k]);                                   \
      }                                                                                  \
    CHECK_MEM (&result.a, &s[1].a, sizeof s[1].a);                                       \
  }

DEFINE (l1_16, long a[1];, 16)
DEFINE (l2_16, long a[2];, 16)
DEFINE (d2_16, double a[2];, 16)
DEFINE (i3_16, int a[3];, 16)
DEFINE (l5_16, long a[5];, 16)
DEFINE (l1_32, long a[1];, 32)
DEFINE (d4_32, double a[4];, 32)
DEFINE (i9_32, int a[9];, 32)
DEFINE (c1_64, char a[1];, 64)
DEFINE (f20_64, float a[20];, 64)

int
main (void)
{
  ffi_type *l = &ffi_type_slong, *d = &ffi_type_double, *i = &ffi_type_sint;
  ffi_type *c = &ffi_type_schar, *f = &ffi_type_float;
  ffi_type *nothing[] = { NULL }, empty = { 0, 0, FFI_TYPE_STRUCT, nothing };
  test_l1_16 ((ffi_type *[]){ l, &empty, NULL });
  test_l2_16 ((ffi_type *[]){ l, l, NULL });
  test_d2_16 ((ffi_type *[]){ d, d, NULL });
  test_i3_16 ((ffi_type *[]){ i, i, i, NULL });
  test_l5_16 ((ffi_type *[]){ l, l, l, l, l, NULL });
  test_l1_32 ((ffi_type *[]){ l, &empty, NULL });
  test_d4_32 ((ffi_type *[]){ d, d, d, d, NULL });
  test_i9_32 ((ffi_type *[]){ i, i, i, i, i, i, i, i, i, NULL });
  test_c1_64 ((ffi_type *[]){ c, &empty, NULL });
  test_f20_64 (
      (ffi_type *[]){ f, f, f, f, f, f, f, f, f, f, f, f, f, f, f, f, f, f, f, f, NULL });
  return ffitest_done ();
}
