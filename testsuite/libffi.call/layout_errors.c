/* SPDX-License-Identifier: MIT */
/* What ffi_types.h says is refused is, with the status that it says; nothing is read
   beyond.  A layout is no type by itself.  */

#include "ffitest.h"
#include <ffi_types.h>

#define MANY (1u << 31)

static ffi_aggregate itself;
static ffi_aggregate empty = FFI_EMPTY_CLASS (empty);
static ffi_type *no_types[] = { NULL };
static ffi_type nothing = { 0, 0, FFI_TYPE_STRUCT, no_types };
static ffi_type no_elements = { 0, 0, FFI_TYPE_STRUCT, NULL };
static ffi_type unknown = { 4, 4, 0x4004, NULL };

/* The status of preparing an argument with one MEMBER, and SIZE.  */
static ffi_status
status_of (unsigned short code, size_t size, ffi_member member)
{
  ffi_aggregate a = FFI_AGGREGATE (a, code, size, size != 0 ? 4 : 0, 1, &member);
  ffi_type *types[] = { &a.type };
  ffi_cif cif;
  ffi_status as_result = ffi_prep_cif (&cif, FFI_DEFAULT_ABI, 0, &a.type, NULL);

  CHECK_INT (ffi_prep_cif (&cif, FFI_DEFAULT_ABI, 1, &ffi_type_void, types), as_result);
  return as_result;
}

#define STATUS(expected, code, size, ...)                                                \
  CHECK_INT (status_of (code, size, (ffi_member) __VA_ARGS__), expected)
#define BAD(...) STATUS (FFI_BAD_TYPEDEF, FFI_TYPE_LAYOUT, 4, __VA_ARGS__)
#define REFUSED(...) STATUS (FFI_BAD_ARGTYPE, FFI_TYPE_LAYOUT, 8, __VA_ARGS__)
#define GOOD(...) STATUS (FFI_OK, FFI_TYPE_LAYOUT, 4, __VA_ARGS__)

static void
members (void)
{
  GOOD (FFI_MEMBER (&ffi_type_sint32, 0));
  GOOD (FFI_ARRAY (&ffi_type_sint16, 0, 2));
  GOOD (FFI_BITS (&ffi_type_sint32, 3, 29));
  BAD (FFI_MEMBER (NULL, 0));
  BAD (FFI_MEMBER (&unknown, 0));
  BAD (FFI_MEMBER (&no_elements, 0));
  BAD (FFI_MEMBER (&ffi_type_void, 0));
  BAD (FFI_MEMBER (&itself.type, 0));
  BAD (FFI_MEMBER (&ffi_type_sint32, 1));
  BAD (FFI_MEMBER (&ffi_type_sint64, 0));
  BAD (FFI_MEMBER (&ffi_type_sint32, SIZE_MAX - 3));
  BAD (FFI_ARRAY (&ffi_type_sint16, 0, 3));
  BAD (FFI_ARRAY (&ffi_type_sint16, 0, 0));
  BAD (FFI_ARRAY (&ffi_type_sint16, 0, MANY));
  BAD (FFI_ARRAY (&ffi_type_sint64, 0, MANY));
  BAD (FFI_ARRAY (&nothing, 0, MANY));
  BAD (FFI_BITS (&ffi_type_sint32, 4, 29));
  BAD (FFI_BITS (&ffi_type_sint16, 0, 17));
  BAD (FFI_BITS (&ffi_type_float, 0, 3));
  BAD (FFI_BITS (&ffi_type_sint32, SIZE_MAX - 3, 3));
  BAD ({ &ffi_type_sint32, 0, 2, FFI_MEMBER_ONE });
  BAD ({ &ffi_type_sint32, 0, 1, (ffi_member_kind) 3 });
  STATUS (FFI_BAD_TYPEDEF, FFI_TYPE_UNION, 8, FFI_MEMBER (&ffi_type_sint32, 4));
  STATUS (FFI_BAD_TYPEDEF, 0x4004, 4, FFI_MEMBER (&ffi_type_sint32, 0));
  STATUS (FFI_BAD_TYPEDEF, FFI_TYPE_LAYOUT, 0, FFI_ARRAY (&ffi_type_sint64, 0, MANY));
}

/* What the library cannot pass.  */
static void
refused (void)
{
  REFUSED (FFI_MEMBER (&ffi_type_sint32, 4));
  REFUSED (FFI_BITS (&ffi_type_sint32, 8, 5));
  REFUSED (FFI_MEMBER (&nothing, 0));
  REFUSED (FFI_MEMBER (&empty.type, 0));
  STATUS (FFI_BAD_ARGTYPE, FFI_TYPE_UNION, 4, FFI_MEMBER (&empty.type, 0));
}

static ffi_status
prepare (ffi_type *type)
{
  ffi_type *types[] = { type };
  ffi_cif cif;

  return ffi_prep_cif (&cif, FFI_DEFAULT_ABI, 1, &ffi_type_void, types);
}

static void
layouts (void)
{
  const ffi_member members[] = { FFI_MEMBER (&ffi_type_sint32, 0) };
  ffi_aggregate a = FFI_AGGREGATE (a, FFI_TYPE_LAYOUT, 4, 4, 1, members);

  CHECK_INT (prepare (&a.type), FFI_OK);
  CHECK_INT (prepare (&a.layout.type), FFI_BAD_TYPEDEF);
  a.elements[1] = &ffi_type_sint32;
  CHECK_INT (prepare (&a.type), FFI_BAD_TYPEDEF);
  a.elements[1] = NULL;
  a.layout.count = SIZE_MAX;
  CHECK_INT (prepare (&a.type), FFI_BAD_TYPEDEF);
  a.layout.count = 0;
  CHECK_INT (prepare (&a.type), FFI_BAD_TYPEDEF);
  a.layout.count = 1;
  a.layout.members = NULL;
  CHECK_INT (prepare (&a.type), FFI_BAD_TYPEDEF);
  a.layout.members = members;
  a.type.alignment = 3;
  CHECK_INT (prepare (&a.type), FFI_BAD_TYPEDEF);
}

#if defined __x86_64__ || defined __i386__ || defined __aarch64__ || defined __arm__
#define STATUS16 FFI_OK
#else
#define STATUS16 FFI_BAD_ARGTYPE
#endif
#if defined __x86_64__ || defined __i386__ || defined __powerpc64__                      \
    || __LDBL_MANT_DIG__ == 113
#define STATUS128 FFI_OK
#else
#define STATUS128 FFI_BAD_ARGTYPE
#endif
#ifdef __x86_64__
#define STATUS_VECTOR FFI_OK
#elif defined __aarch64__
#define STATUS_VECTOR FFI_BAD_ARGTYPE
#else
#define STATUS_VECTOR FFI_BAD_TYPEDEF
#endif
#ifdef __ARM_PCS_VFP
#define STATUS_HOMOGENEOUS FFI_BAD_ARGTYPE
#else
#define STATUS_HOMOGENEOUS STATUS16
#endif

/* A float with another size or with members is none; others are passed, or refused.  */
static void
numbers (void)
{
  const ffi_member members[] = { FFI_MEMBER (&ffi_type_sint16, 0) };
  ffi_aggregate half = FFI_FLOAT16 (half), quad = FFI_FLOAT128 (quad);
  ffi_aggregate a = FFI_AGGREGATE (a, FFI_TYPE_FLOAT16, 2, 2, 1, members);
  STRUCT_TYPE (one, &half.type);
  STRUCT_TYPE (four, &half.type, &half.type, &half.type, &half.type);
  STRUCT_TYPE (five, &four, &half.type);
  STRUCT_TYPE (mixed, &half.type, &ffi_type_sint16);
  ffi_type *parts[] = { &half.type, NULL };
  ffi_type *two[] = { &half.type, &half.type, NULL };
  ffi_type vector = { 4, 4, FFI_TYPE_VECTOR, two };
  ffi_type complex = { 4, 2, FFI_TYPE_COMPLEX, parts };

  CHECK_INT (prepare (&half.type), STATUS16);
  CHECK_INT (prepare (&quad.type), STATUS128);
  CHECK_INT (prepare (&one), STATUS_HOMOGENEOUS);
  CHECK_INT (prepare (&four), STATUS_HOMOGENEOUS);
  CHECK_INT (prepare (&five), STATUS16);
  CHECK_INT (prepare (&mixed), STATUS16);
  CHECK_INT (prepare (&complex), FFI_BAD_TYPEDEF);
  CHECK_INT (prepare (&vector), STATUS_VECTOR);
  CHECK_INT (prepare (&a.type), FFI_BAD_TYPEDEF);
  half.type.size = 4;
  CHECK_INT (prepare (&half.type), FFI_BAD_TYPEDEF);
  half.type.size = 0;
  CHECK_INT (prepare (&half.type), FFI_BAD_TYPEDEF);
  half.type.size = 2;
  half.type.alignment = 1;
  CHECK_INT (prepare (&half.type), FFI_BAD_TYPEDEF);
  quad.type.size = 8;
  CHECK_INT (prepare (&quad.type), FFI_BAD_TYPEDEF);
}

int
main (void)
{
  static const ffi_member of_itself[] = { FFI_MEMBER (&itself.type, 0) };

  itself = (ffi_aggregate) FFI_AGGREGATE (itself, FFI_TYPE_LAYOUT, 4, 4, 1, of_itself);
  members ();
  refused ();
  layouts ();
  numbers ();
  return ffitest_done ();
}
