/* SPDX-License-Identifier: MIT */
/* { options -Wno-deprecated-declarations -Wno-psabi } */
/* The initialisers of ffi_types.h serve C++, statically and without a constructor; what
   they describe, also an empty class and one that has it as its base, travels as the
   compiler has it: through calls, plans, raw and Java raw calls, Go calls and closures of
   these kinds.  */

#include <ffi_types.h>
#include "ffitest.h"
#include <stddef.h>

struct empty
{
};

union value
{
  double number;
  struct
  {
    int a;
    float b;
  } both;
  char text[12];
};

/* Its base takes no place.  */
struct fields : empty
{
  float first;
  unsigned low : 3;
  unsigned high : 13;
};

struct __attribute__ ((packed)) record
{
  char tag;
  double number;
  short count;
};

struct alignas (16) point { float at[3]; };

#define MEMBERS(name) static const ffi_member name##_members[]
MEMBERS (both) = { FFI_MEMBER (&ffi_type_sint, 0), FFI_MEMBER (&ffi_type_float, 4) };
static ffi_aggregate both_type
    = FFI_STRUCT_OF (both_type, decltype (value::both), both_members);
MEMBERS (value) = { FFI_MEMBER (&ffi_type_double, 0), FFI_MEMBER (&both_type.type, 0),
                    FFI_ARRAY (&ffi_type_schar, 0, 12) };
static ffi_aggregate value_type = FFI_UNION_OF (value_type, union value, value_members);
MEMBERS (fields) = { FFI_MEMBER (&ffi_type_float, 0), FFI_BITS (&ffi_type_uint, 32, 3),
                     FFI_BITS (&ffi_type_uint, 35, 13) };
static ffi_aggregate fields_type
    = FFI_STRUCT_OF (fields_type, struct fields, fields_members);
MEMBERS (record) = { FFI_MEMBER (&ffi_type_schar, 0), FFI_MEMBER (&ffi_type_double, 1),
                     FFI_MEMBER (&ffi_type_sshort, 9) };
static ffi_aggregate record_type
    = FFI_STRUCT_OF (record_type, struct record, record_members);
MEMBERS (point) = { FFI_ARRAY (&ffi_type_float, 0, 3) };
static ffi_aggregate point_type = FFI_STRUCT_OF (point_type, struct point, point_members);
static ffi_aggregate empty_type = FFI_EMPTY_CLASS (empty_type);

/* What each function below makes of its arguments.  */
#define PARAMETERS                                                                       \
  value v, empty e, fields f, record r, short s, point p, value w, record t, double d
#define ARGUMENTS v, e, f, r, s, p, w, t, d

static double
sum_of (PARAMETERS)
{
  (void) e;
  return v.number + f.first + f.low * 3 + f.high * 5 + r.tag + r.number + r.count + s
         + p.at[0] + p.at[1] * 2 + p.at[2] * 4 + w.both.a + (double) w.both.b + w.text[11]
         + t.tag + t.number * 2 + t.count + d;
}

static value
make (value *, double sum)
{
  value v;
  memset (&v, 0, sizeof v);
  v.number = sum;
  v.text[11] = 7;
  return v;
}

static fields
make (fields *, double sum)
{
  fields f;
  memset (static_cast<void *> (&f), 0, sizeof f);
  f.first = static_cast<float> (sum);
  f.low = 5;
  f.high = 4097;
  return f;
}

static record
make (record *, double sum)
{
  record r = { 'r', sum, -3 };
  return r;
}

static point
make (point *, double sum)
{
  point p;
  memset (&p, 0, sizeof p);
  p.at[0] = static_cast<float> (sum);
  p.at[1] = 2;
  p.at[2] = -3;
  return p;
}

/* Padding does not count.  */
static bool
operator== (const value &a, const value &b)
{
  return memcmp (a.text, b.text, sizeof a.text) == 0;
}

static bool
operator== (const fields &a, const fields &b)
{
  return a.first == b.first && a.low == b.low && a.high == b.high;
}

static bool
operator== (const record &a, const record &b)
{
  return a.tag == b.tag && a.number == b.number && a.count == b.count;
}

static bool
operator== (const point &a, const point &b)
{
  return memcmp (a.at, b.at, sizeof a.at) == 0;
}

template <typename result>
static result
function (PARAMETERS)
{
  return make (static_cast<result *> (nullptr), sum_of (ARGUMENTS));
}

template <typename type>
static const type &
at (void **args, int i)
{
  return *static_cast<type *> (args[i]);
}

template <typename result>
static void
handle (ffi_cif *, void *to, void **args, void *)
{
  result made = function<result> (at<value> (args, 0), empty (), at<fields> (args, 2),
                                  at<record> (args, 3), at<short> (args, 4),
                                  at<point> (args, 5), at<value> (args, 6),
                                  at<record> (args, 7), at<double> (args, 8));
  memcpy (to, &made, sizeof made);
}

template <typename result>
static void
handle_raw (ffi_cif *cif, void *to, ffi_raw *raw, void *data)
{
  void *args[9];
  ffi_raw_to_ptrarray (cif, raw, args);
  handle<result> (cif, to, args, data);
}

#if !FFI_NATIVE_RAW_API
template <typename result>
static void
handle_java_raw (ffi_cif *cif, void *to, ffi_java_raw *raw, void *data)
{
  void *args[9];
  ffi_java_raw_to_ptrarray (cif, raw, args);
  handle<result> (cif, to, args, data);
}
#endif

template <typename result>
static void
check (ffi_type *type)
{
  ffi_type *types[] = { &value_type.type,  &empty_type.type,  &fields_type.type,
                        &record_type.type, &ffi_type_sshort,  &point_type.type,
                        &value_type.type,  &record_type.type, &ffi_type_double };
  value v = make (&v, 1.5), w;
  empty e;
  fields f = make (&f, 2.25);
  record r = make (&r, 1e6), t = make (&t, 64);
  point p = make (&p, 0.5);
  short s = -77;
  double d = 1 << 20;
  memset (&w, 0, sizeof w);
  w.both.a = 1000;
  w.both.b = 0.75;
  w.text[11] = 9;
  void *values[] = { &v, &e, &f, &r, &s, &p, &w, &t, &d };
  ffi_raw raw[64];
  ffi_cif cif;
  result expected = function<result> (v, e, f, r, s, p, w, t, d), got;
  auto called = reinterpret_cast<void (*) ()> (function<result>);
#define CHECK_RESULT()                                                                   \
  do                                                                                     \
    {                                                                                    \
      CHECK (got == expected);                                                           \
      memset (static_cast<void *> (&got), 0, sizeof got);                                \
    }                                                                                    \
  while (0)

  memset (static_cast<void *> (&got), 0, sizeof got);
  PREP_CIF (&cif, 9, type, types);
  ffi_call (&cif, called, &got, values);
  CHECK_RESULT ();
  ffi_call_plan *plan = ffi_call_plan_alloc (&cif);
  CHECK (plan != nullptr);
  ffi_call_plan_invoke (plan, called, &got, values);
  CHECK_RESULT ();
  ffi_call_plan_free (plan);
  CHECK (ffi_raw_size (&cif) <= sizeof raw && ffi_java_raw_size (&cif) <= sizeof raw);
  ffi_ptrarray_to_raw (&cif, values, raw);
  ffi_raw_call (&cif, called, &got, raw);
  CHECK_RESULT ();
#if !FFI_NATIVE_RAW_API
  ffi_java_ptrarray_to_raw (&cif, values, raw);
  ffi_java_raw_call (&cif, called, &got, raw);
  CHECK_RESULT ();
#endif
#if FFI_GO_CLOSURES
  ffi_call_go (&cif, called, &got, values, raw);
  CHECK_RESULT ();
#endif

  void *code;
  typedef result type_of (PARAMETERS);
  ffi_raw_closure *c
      = static_cast<ffi_raw_closure *> (ffi_closure_alloc (sizeof *c, &code));
  CHECK (c != nullptr);
  type_of *closure = reinterpret_cast<type_of *> (code);
  ffi_closure *plain = reinterpret_cast<ffi_closure *> (c);
  CHECK_INT (ffi_prep_closure_loc (plain, &cif, handle<result>, nullptr, code), FFI_OK);
  got = closure (v, e, f, r, s, p, w, t, d);
  CHECK_RESULT ();
  CHECK_INT (ffi_prep_raw_closure_loc (c, &cif, handle_raw<result>, nullptr, code),
             FFI_OK);
  got = closure (v, e, f, r, s, p, w, t, d);
  CHECK_RESULT ();
#if !FFI_NATIVE_RAW_API
  CHECK_INT (
      ffi_prep_java_raw_closure_loc (c, &cif, handle_java_raw<result>, nullptr, code),
      FFI_OK);
  got = closure (v, e, f, r, s, p, w, t, d);
  CHECK_RESULT ();
#endif
  ffi_closure_free (c);
}

/* The sizes are in the initialisers; a computed one is the same where nothing is packed.
 */
static void
sizes ()
{
  static ffi_aggregate computed
      = FFI_AGGREGATE (computed, FFI_TYPE_UNION, 0, 0, 3, value_members);
  size_t offsets[3];
  CHECK_INT (ffi_get_struct_offsets (FFI_DEFAULT_ABI, &computed.type, offsets), FFI_OK);
  CHECK_UINT (computed.type.size, sizeof (value));
  CHECK_INT (ffi_get_struct_offsets (FFI_DEFAULT_ABI, &record_type.type, offsets),
             FFI_OK);
  CHECK_UINT (record_type.type.size, sizeof (record));
  CHECK_UINT (record_type.type.alignment, 1);
  CHECK_UINT (offsets[1], 1);
  CHECK_UINT (offsets[2], 9);
}

int
main ()
{
  sizes ();
  check<value> (&value_type.type);
  check<fields> (&fields_type.type);
  check<record> (&record_type.type);
  check<point> (&point_type.type);
  return ffitest_done ();
}
