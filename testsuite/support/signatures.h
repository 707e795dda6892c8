/* SPDX-License-Identifier: MIT */
/* Signatures made at run time, written as text with one letter per type: "d:ilL" returns
   a double and takes an int, a long and a struct of two longs.  The arguments after a dot
   are variadic.  Where the compiler must see the signature, ../generator makes it.  */

#ifndef SIGNATURES_H
#define SIGNATURES_H

/* A type, and the classes of its eightbytes by the System V psABI for AMD64, from which
   every ABI can tell what kind it is: I integer, S in a vector register, V one vector,
   M memory, X x87, Z a pair of those.  */
struct kind
{
  char letter;
  ffi_type *type;
  const char *classes;
  int is_aggregate; /* raw blocks and the Microsoft ABI treat it like a struct */
};

#define AGGREGATE(name, ...)                                                             \
  static ffi_type *name##_elements[] = { __VA_ARGS__, NULL };                            \
  static ffi_type name = { 0, 0, FFI_TYPE_STRUCT, name##_elements }
#define COMPLEX_OF(name, ctype)                                                          \
  static ffi_type *kind_complex_##name##_elements[] = { &ffi_type_##name, NULL };        \
  static ffi_type kind_complex_##name                                                    \
      = { sizeof (_Complex ctype), _Alignof(_Complex ctype), FFI_TYPE_COMPLEX,           \
          kind_complex_##name##_elements }
#define VECTOR_OF(name, bytes)                                                           \
  static ffi_type *name##_elements[] = { &ffi_type_float, NULL };                        \
  static ffi_type name = { bytes, bytes, FFI_TYPE_VECTOR, name##_elements }

AGGREGATE (kind_longs, &ffi_type_sint64, &ffi_type_sint64);
AGGREGATE (kind_doubles, &ffi_type_double, &ffi_type_double);
AGGREGATE (kind_long_double, &ffi_type_sint64, &ffi_type_double);
AGGREGATE (kind_double_long, &ffi_type_double, &ffi_type_sint64);
AGGREGATE (kind_float, &ffi_type_float);
AGGREGATE (kind_floats, &ffi_type_float, &ffi_type_float, &ffi_type_float);
AGGREGATE (kind_chars, &ffi_type_uint8, &ffi_type_uint8, &ffi_type_uint8);
AGGREGATE (kind_byte, &ffi_type_uint8);
AGGREGATE (kind_half, &ffi_type_sint16);
AGGREGATE (kind_int, &ffi_type_sint32);
AGGREGATE (kind_two, &ffi_type_sint32, &ffi_type_sint32);
AGGREGATE (kind_ints, &ffi_type_sint32, &ffi_type_sint32, &ffi_type_sint32);
AGGREGATE (kind_mixed, &ffi_type_float, &ffi_type_sint32, &ffi_type_float);
AGGREGATE (kind_large, &ffi_type_sint64, &ffi_type_sint64, &ffi_type_sint64);
AGGREGATE (kind_larger, &kind_large, &kind_longs, &ffi_type_uint8);
AGGREGATE (kind_x87, &ffi_type_longdouble);
/* Homogeneous aggregates.  */
AGGREGATE (kind_2_floats, &ffi_type_float, &ffi_type_float);
AGGREGATE (kind_4_floats, &ffi_type_float, &ffi_type_float, &ffi_type_float,
           &ffi_type_float);
AGGREGATE (kind_3_doubles, &ffi_type_double, &ffi_type_double, &ffi_type_double);
AGGREGATE (kind_4_doubles, &ffi_type_double, &ffi_type_double, &ffi_type_double,
           &ffi_type_double);
AGGREGATE (kind_2_wide, &ffi_type_longdouble, &ffi_type_longdouble);
AGGREGATE (kind_3_wide, &ffi_type_longdouble, &ffi_type_longdouble, &ffi_type_longdouble);
AGGREGATE (kind_4_wide, &ffi_type_longdouble, &ffi_type_longdouble, &ffi_type_longdouble,
           &ffi_type_longdouble);
#ifdef __i386__
AGGREGATE (kind_double, &ffi_type_double);
AGGREGATE (kind_nested, &kind_double);
AGGREGATE (kind_halves, &ffi_type_sint16, &ffi_type_sint16, &ffi_type_sint16);
AGGREGATE (kind_five, &ffi_type_sint32, &ffi_type_sint32, &kind_ints);
#endif
#ifdef __riscv
AGGREGATE (kind_int_float, &ffi_type_sint32, &ffi_type_float);
AGGREGATE (kind_float_int, &kind_float, &ffi_type_sint32);
AGGREGATE (kind_byte_double, &ffi_type_sint8, &ffi_type_double);
AGGREGATE (kind_double_half, &ffi_type_double, &ffi_type_uint16);
AGGREGATE (kind_double_float, &ffi_type_double, &kind_float);
AGGREGATE (kind_float_double, &ffi_type_float, &ffi_type_double);
AGGREGATE (kind_float_long, &ffi_type_float, &ffi_type_sint64);
#endif
#ifdef FFI_TARGET_HAS_COMPLEX_TYPE
#define kind_complex_float ffi_type_complex_float
#define kind_complex_double ffi_type_complex_double
#define kind_complex_longdouble ffi_type_complex_longdouble
#else
/* A program brings its own.  */
COMPLEX_OF (float, float);
COMPLEX_OF (double, double);
COMPLEX_OF (longdouble, long double);
#endif
#ifdef FFI_TARGET_HAS_VECTOR_TYPE
VECTOR_OF (kind_vector8, 8);
VECTOR_OF (kind_vector16, 16);
VECTOR_OF (kind_vector32, 32);
VECTOR_OF (kind_vector64, 64);
#endif
#ifdef __powerpc64__
AGGREGATE (kind_aligned, &ffi_type_longdouble, &ffi_type_sint32);
AGGREGATE (kind_eight, &ffi_type_float, &ffi_type_float, &ffi_type_float, &ffi_type_float,
           &ffi_type_float, &ffi_type_float, &ffi_type_float, &ffi_type_float);
AGGREGATE (kind_vectors, &kind_vector16, &kind_vector16);
AGGREGATE (kind_float_double, &ffi_type_float, &ffi_type_double);
#endif

static const struct kind kinds[] = {
  { 'v', &ffi_type_void, "", 0 },
  { 'a', &ffi_type_uint8, "I", 0 },
  { 'A', &ffi_type_sint8, "I", 0 },
  { 'b', &ffi_type_uint16, "I", 0 },
  { 'B', &ffi_type_sint16, "I", 0 },
  { 'u', &ffi_type_uint32, "I", 0 },
  { 'i', &ffi_type_sint32, "I", 0 },
  { 'U', &ffi_type_uint64, "I", 0 },
  { 'l', &ffi_type_sint64, "I", 0 },
  { 'p', &ffi_type_pointer, "I", 0 },
  { 'f', &ffi_type_float, "S", 0 },
  { 'd', &ffi_type_double, "S", 0 },
  { 'e', &ffi_type_longdouble, "X", 0 },
  { 'L', &kind_longs, "II", 1 },
  { 'D', &kind_doubles, "SS", 1 },
  { 'X', &kind_long_double, "IS", 1 },
  { 'Y', &kind_double_long, "SI", 1 },
  { 'o', &kind_float, "S", 1 },
  { 'F', &kind_floats, "SS", 1 },
  { 'T', &kind_chars, "I", 1 },
  { 'g', &kind_byte, "I", 1 },
  { 'h', &kind_half, "I", 1 },
  { 'j', &kind_int, "I", 1 },
  { 'k', &kind_two, "I", 1 },
  { 'J', &kind_ints, "II", 1 },
  { 'K', &kind_mixed, "IS", 1 },
  { 'G', &kind_large, "M", 1 },
  { 'H', &kind_larger, "M", 1 },
  { 'O', &kind_x87, "X", 1 },
  { '2', &kind_2_floats, "S", 1 },
  { '4', &kind_4_floats, "SS", 1 },
  { '3', &kind_3_doubles, "M", 1 },
  { 'x', &kind_4_doubles, "M", 1 },
  { 'r', &kind_2_wide, "M", 1 },
  { 'y', &kind_3_wide, "M", 1 },
  { 'Z', &kind_4_wide, "M", 1 },
#ifdef __i386__
  /* Where a struct is passed depends on its size, and on being one floating-point number.
   */
  { 'm', &kind_double, "S", 1 },
  { 'M', &kind_nested, "S", 1 },
  { 'n', &kind_halves, "I", 1 },
  { 'N', &kind_five, "M", 1 },
#endif
#ifdef __riscv
  /* Two members, one of them floating, are in two registers.  */
  { 'M', &kind_int_float, "I", 1 },
  { 'n', &kind_float_int, "I", 1 },
  { 'N', &kind_byte_double, "IS", 1 },
  { 'P', &kind_double_half, "SI", 1 },
  { 'R', &kind_double_float, "SS", 1 },
  { 'S', &kind_float_double, "SS", 1 },
  { 'V', &kind_float_long, "SI", 1 },
#endif
#ifdef __powerpc64__
  /* Up to eight members of one floating-point type, or a vector's, have a register each.
     A struct aligned to 16 bytes starts at an even slot.  */
  { 'm', &kind_aligned, "M", 1 },
  { 'M', &kind_eight, "M", 1 },
  { 'N', &kind_vectors, "M", 1 },
  { 'W', &kind_float_double, "SS", 1 },
#endif
  { 'c', &kind_complex_float, "S", 1 },
  { 'C', &kind_complex_double, "SS", 1 },
  { 'E', &kind_complex_longdouble, "Z", 1 },
#ifdef FFI_TARGET_HAS_INT128
  { 'q', &ffi_type_uint128, "II", 0 },
  { 'Q', &ffi_type_sint128, "II", 0 },
#endif
#ifdef FFI_TARGET_HAS_VECTOR_TYPE
  { 's', &kind_vector8, "S", 0 },
  { 't', &kind_vector16, "V", 0 },
  { 'w', &kind_vector32, "V", 0 },
  { 'z', &kind_vector64, "V", 0 },
#endif
};

/* The bytes of a long double that are not padding.  */
#define LONG_DOUBLE_BYTES (__LDBL_MANT_DIG__ == 64 ? 10 : sizeof (long double))

/* Mark in MASK, which is zero, the bytes of TYPE that are not padding.  */
static FFITEST_UNUSED void
mark_value (const ffi_type *type, unsigned char *mask)
{
  size_t at = 0;
  if (type->type == FFI_TYPE_STRUCT)
    for (ffi_type **member = type->elements; *member != NULL; member++)
      {
        at = (at + (*member)->alignment - 1) & -(size_t) (*member)->alignment;
        mark_value (*member, mask + at);
        at += (*member)->size;
      }
  else if (type->type == FFI_TYPE_COMPLEX)
    for (; at < type->size; at += type->elements[0]->size)
      mark_value (type->elements[0], mask + at);
  else
    memset (mask, 0xff, type == &ffi_type_longdouble ? LONG_DOUBLE_BYTES : type->size);
}

static FFITEST_UNUSED const struct kind *
kind_of (char letter)
{
  for (size_t i = 0; i < ARRAY_SIZE (kinds); i++)
    if (kinds[i].letter == letter)
      return &kinds[i];
  ffitest_fail (__FILE__, __LINE__, "no type has the letter %c", letter);
}

/* Whether KIND is an integer that is widened to a word where it is returned.  */
static FFITEST_UNUSED int
kind_is_integer (const struct kind *kind)
{
  return kind->classes[0] == 'I' && !kind->is_aggregate
         && kind->type->size <= sizeof (ffi_arg);
}

static FFITEST_UNUSED int
kind_is_signed (const struct kind *kind)
{
  return strchr ("ABil", kind->letter) != NULL;
}

/* Store the value of KIND, which is an integer, at VALUE as an ffi_arg at TO; that may be
   the same address.  */
static FFITEST_UNUSED void
kind_widen (const struct kind *kind, const unsigned char *value, unsigned char *to)
{
  const size_t size = kind->type->size, more = sizeof (ffi_arg) - size;
  const int big = __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__;
  const int negative = kind_is_signed (kind) && (value[big ? 0 : size - 1] & 0x80);
  memmove (to + (big ? more : 0), value, size);
  memset (to + (big ? 0 : size), negative ? 0xff : 0, more);
}

enum
{
  MAX_ARGUMENTS = 24,
  MAX_TEXT = MAX_ARGUMENTS + 4,
  MAX_VALUE = 64
};

struct signature
{
  char text[MAX_TEXT];
  ffi_abi abi;
  ffi_cif cif;
  const struct kind *result;
  unsigned nargs, nfixed;
  const struct kind *arguments[MAX_ARGUMENTS];
  ffi_type *types[MAX_ARGUMENTS];
  /* Values, and where they are.  */
  _Alignas(64) unsigned char values[MAX_ARGUMENTS][MAX_VALUE];
  _Alignas(64) unsigned char returned[MAX_VALUE];
  void *avalue[MAX_ARGUMENTS];
};

/* Make up a value of KIND.  */
static FFITEST_UNUSED void
kind_value (const struct kind *kind, unsigned char *value, uint32_t *seed)
{
  for (int i = 0; i < MAX_VALUE; i++)
    {
      *seed = *seed * 1664525u + 1013904223u;
      value[i] = (unsigned char) (*seed >> 16);
    }
  /* The x87 makes signalling NaNs quiet.  */
  if (kind->letter == 'f')
    value[2] |= 0x40;
  if (kind->letter == 'd')
    value[6] |= 0x08;
  /* A long double must be normal, or loading it would change it.  */
  if (kind->classes[0] == 'X' || kind->classes[0] == 'Z')
    for (unsigned i = 0; i < (kind->classes[0] == 'X' ? 1 : 2); i++)
      {
        long double number = (long double) (int32_t) *seed * 1.5L + i;
        memset (value + i * sizeof number, 0, sizeof number);
        memcpy (value + i * sizeof number, &number, sizeof number);
      }
}

/* Prepare S from TEXT for ABI, with values.  */
static FFITEST_UNUSED void
signature_prepare (struct signature *s, const char *text, ffi_abi abi)
{
  uint32_t seed = 12345;
  memset (s, 0, sizeof *s);
  if (strlen (text) >= sizeof s->text)
    ffitest_fail (__FILE__, __LINE__, "signature too long: %s", text);
  strcpy (s->text, text);
  s->abi = abi;
  s->result = kind_of (text[0]);
  s->nfixed = MAX_ARGUMENTS;
  for (const char *c = text + 2; *c != '\0'; c++)
    if (*c == '.')
      s->nfixed = s->nargs;
    else
      {
        unsigned i = s->nargs++;
        s->arguments[i] = kind_of (*c);
        s->types[i] = s->arguments[i]->type;
        kind_value (s->arguments[i], s->values[i], &seed);
        s->avalue[i] = s->values[i];
      }
  kind_value (s->result, s->returned, &seed);
  ffi_status status
      = s->nfixed == MAX_ARGUMENTS
            ? ffi_prep_cif (&s->cif, abi, s->nargs, s->result->type, s->types)
            : ffi_prep_cif_var (&s->cif, abi, s->nfixed, s->nargs, s->result->type,
                                s->types);
  CHECK_MSG (status == FFI_OK, "%s: ffi_prep_cif: expected FFI_OK, got %d", text, status);
}

/* Add an argument to TEXT.  */
static FFITEST_UNUSED void
signature_add (char *text, char letter)
{
  size_t n = strlen (text);
  if (n + 2 > MAX_TEXT)
    ffitest_fail (__FILE__, __LINE__, "signature too long: %s", text);
  text[n] = letter;
  text[n + 1] = '\0';
}

/* Make up a signature of up to MOST arguments of types in LETTERS, or of all types if
   that is null.  */
static FFITEST_UNUSED void
signature_random (char *text, unsigned most, const char *letters, uint32_t *seed)
{
  unsigned count = letters != NULL ? (unsigned) strlen (letters) : ARRAY_SIZE (kinds) - 1;
  unsigned nargs;
  *seed = *seed * 1664525u + 1013904223u;
  nargs = (*seed >> 8) % (most + 1);
  for (unsigned i = 0; i < nargs + 2; i++)
    {
      *seed = *seed * 1664525u + 1013904223u;
      unsigned n = (*seed >> 8) % count;
      /* The first kind is void.  */
      text[i] = i == 1            ? ':'
                : letters != NULL ? letters[n]
                                  : kinds[i == 0 ? n : n + 1].letter;
    }
  text[nargs + 2] = '\0';
}

#endif
