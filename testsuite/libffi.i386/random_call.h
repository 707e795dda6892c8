/* SPDX-License-Identifier: MIT */
/* Random signatures with random values, and what each convention makes of them.  */

#ifndef RANDOM_CALL_H
#define RANDOM_CALL_H

#define STATIC_STRUCT(name, ...)                                                         \
  static ffi_type *name##_elements[] = { __VA_ARGS__, NULL };                            \
  static ffi_type name = { 0, 0, FFI_TYPE_STRUCT, name##_elements }

#define C &ffi_type_uint8
#define I &ffi_type_sint32
STATIC_STRUCT (struct1, C);
STATIC_STRUCT (struct2, C, C);
STATIC_STRUCT (struct3, C, C, C);
STATIC_STRUCT (struct4, I);
STATIC_STRUCT (struct6, &ffi_type_sint16, &ffi_type_sint16, &ffi_type_sint16);
STATIC_STRUCT (struct8, I, I);
STATIC_STRUCT (struct12, I, I, I);
STATIC_STRUCT (struct16, &ffi_type_double, I, I);
STATIC_STRUCT (struct20, I, I, I, I, I);
STATIC_STRUCT (struct_float, &ffi_type_float);
STATIC_STRUCT (struct_double, &ffi_type_double);
STATIC_STRUCT (struct_nested, &struct_double);

static const struct kind kinds[] = {
  { "uint8", &ffi_type_uint8, 1, 0, 0 },
  { "sint8", &ffi_type_sint8, 1, 0, 0 },
  { "uint16", &ffi_type_uint16, 1, 0, 0 },
  { "sint16", &ffi_type_sint16, 1, 0, 0 },
  { "int", &ffi_type_sint32, 1, 0, 0 },
  { "pointer", &ffi_type_pointer, 1, 0, 0 },
  { "sint64", &ffi_type_sint64, 0, 0, 0 },
  { "float", &ffi_type_float, 0, 1, 0 },
  { "double", &ffi_type_double, 0, 1, 0 },
  { "long double", &ffi_type_longdouble, 0, 1, 0 },
  { "complex float", &ffi_type_complex_float, 0, 1, 0 },
  { "complex double", &ffi_type_complex_double, 0, 1, 0 },
  { "struct of 1", &struct1, 0, 0, 1 },
  { "struct of 2", &struct2, 0, 0, 1 },
  { "struct of 3", &struct3, 0, 0, 1 },
  { "struct of 4", &struct4, 0, 0, 1 },
  { "struct of 6", &struct6, 0, 0, 1 },
  { "struct of 8", &struct8, 0, 0, 1 },
  { "struct of 12", &struct12, 0, 0, 1 },
  { "struct of 16", &struct16, 0, 0, 1 },
  { "struct of 20", &struct20, 0, 0, 1 },
  { "struct of float", &struct_float, 0, 1, 1 },
  { "struct of double", &struct_double, 0, 1, 1 },
  { "struct of struct of double", &struct_nested, 0, 1, 1 },
};

enum
{
  RANDOM_ARGUMENTS = 12,
  VALUE_SIZE = 24
};

static uint32_t random_state;
static uint32_t
random_below (uint32_t limit)
{
  random_state = random_state * 1664525u + 1013904223u;
  return (random_state >> 8) % limit;
}

struct random_call
{
  const struct convention *convention;
  unsigned n;
  const struct kind *kinds[RANDOM_ARGUMENTS];
  ffi_type *types[RANDOM_ARGUMENTS];
  void *values[RANDOM_ARGUMENTS];
  const struct kind *result; /* null: void */
  int hidden;                /* the result's address is an argument */
  unsigned pops;             /* bytes that the callee removes */
  ffi_cif cif;
  struct words words;
  _Alignas(8) unsigned char bytes[RANDOM_ARGUMENTS][VALUE_SIZE];
  _Alignas(8) unsigned char result_bytes[VALUE_SIZE + 8]; /* what is to be returned */
};

/* Any bytes, but numbers where they must survive the x87 stack.  */
static void
random_value (const struct kind *kind, unsigned char *p)
{
  for (int i = 0; i < VALUE_SIZE; i++)
    p[i] = (unsigned char) random_below (256);
  double number = (double) random_below (1000000) - 5e5;
  float narrow = (float) number;
  long double wide = number;
  if (kind->type == &ffi_type_float)
    memcpy (p, &narrow, sizeof narrow);
  if (kind->type == &ffi_type_double)
    memcpy (p, &number, sizeof number);
  if (kind->type == &ffi_type_longdouble)
    memcpy (p, &wide, sizeof wide);
}

static int
is_hidden (const struct convention *c, const struct kind *result)
{
  size_t size = result != NULL ? result->type->size : 0;
  if (result != NULL && result->type == &ffi_type_complex_double)
    return 1;
  if (result == NULL || !result->aggregate)
    return 0;
  if (size == 1 || size == 2 || size == 4)
    return !c->borland && c->abi != FFI_MS_CDECL;
  return size != 8 || c->abi != FFI_MS_CDECL;
}

/* Make CALL a random call under C; MEMORY is for a hidden result.  */
static FFITEST_UNUSED void
random_call (struct random_call *call, const struct convention *c, void *memory)
{
  call->convention = c;
  call->n = random_below (RANDOM_ARGUMENTS + 1);
  /* Only words half of the time: such calls may go other ways.  */
  unsigned choice = random_below (2) != 0 ? ARRAY_SIZE (kinds) : 6;
  for (unsigned i = 0; i < call->n; i++)
    {
      call->kinds[i] = &kinds[random_below (choice)];
      call->types[i] = call->kinds[i]->type;
      call->values[i] = call->bytes[i];
      random_value (call->kinds[i], call->bytes[i]);
    }
  unsigned result = random_below (ARRAY_SIZE (kinds) + 1);
  call->result = result == 0 ? NULL : &kinds[result - 1];
  CHECK_INT (ffi_prep_cif (&call->cif, c->abi, call->n,
                           call->result != NULL ? call->result->type : &ffi_type_void,
                           call->types),
             FFI_OK);
  memset (call->result_bytes, 0, sizeof call->result_bytes);
  if (call->result != NULL)
    random_value (call->result, call->result_bytes);
  call->hidden = is_hidden (c, call->result);
  set_up (c, &call->words, call->n, call->kinds, call->values,
          call->hidden ? memory : NULL);
  call->pops = c->pops                              ? call->words.count * 4
               : call->hidden && c->abi == FFI_SYSV ? 4
                                                    : 0;
}

/* For messages.  */
static FFITEST_UNUSED const char *
random_call_name (const struct random_call *call)
{
  static char name[1024];
  int at = snprintf (name, sizeof name, "%s %s (", call->convention->name,
                     call->result != NULL ? call->result->name : "void");
  for (unsigned i = 0; i < call->n; i++)
    at += snprintf (name + at, sizeof name - (size_t) at, "%s%s", i > 0 ? ", " : "",
                    call->kinds[i]->name);
  snprintf (name + at, sizeof name - (size_t) at, ")");
  return name;
}

/* Bytes of KIND that have a meaning.  */
static FFITEST_UNUSED size_t
significant (const struct kind *kind)
{
  return kind->type == &ffi_type_longdouble ? 10 : kind->type->size;
}

#endif
