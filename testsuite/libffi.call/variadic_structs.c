/* SPDX-License-Identifier: MIT */
/* Structs in registers and in memory, long double and scalars as variadic
   arguments, fetched by va_arg.  */

#include "ffitest.h"
#include "shapes.h"

static char trouble[200];

/* The letters of KINDS say what follows.  */
static long
take (const char *kinds, ...)
{
  va_list list;
  int position = 0;
  trouble[0] = '\0';
  va_start (list, kinds);
  for (; *kinds != '\0'; kinds++, position++)
    {
      int good = 0;
      switch (*kinds)
        {
        case 'i':
          good = va_arg (list, int) == position;
          break;
        case 'l':
          good = va_arg (list, long) == -position;
          break;
        case 'd':
          good = va_arg (list, double) == position + 0.5;
          break;
        case 'e':
          good = va_arg (list, long double) == position + 0.25L;
          break;
        case '2':
          {
            struct l2 s = va_arg (list, struct l2);
            good = s.a[0] == position && s.a[1] == -position;
            break;
          }
        case 'D':
          {
            struct d2 s = va_arg (list, struct d2);
            good = s.a[0] == position && s.a[1] == -position;
            break;
          }
        case 'x':
          {
            struct id s = va_arg (list, struct id);
            good = s.a == position && s.b == -position;
            break;
          }
        case '3':
          {
            struct c3 s = va_arg (list, struct c3);
            good = s.a[0] == position && s.a[1] == 2 && s.a[2] == 3;
            break;
          }
        case 'b':
          {
            struct l3 s = va_arg (list, struct l3);
            good = s.a[0] == position && s.a[1] == 2 && s.a[2] == 3;
            break;
          }
        }
      if (!good && trouble[0] == '\0')
        snprintf (trouble, sizeof trouble, "argument %d, kind %c, is wrong", position,
                  *kinds);
    }
  va_end (list);
  return position;
}

static void
pass (const char *kinds)
{
  union value
  {
    int i;
    long l;
    double d;
    long double e;
    struct l2 l2;
    struct d2 d2;
    struct id id;
    struct c3 c3;
    struct l3 l3;
  } values[40];
  ffi_type *types[41] = { &ffi_type_pointer };
  void *avalue[41] = { &kinds };
  unsigned n = (unsigned) strlen (kinds);
  for (unsigned k = 0; k < n; k++)
    {
      int p = (int) k;
      union value *v = &values[k];
      ffi_type *type = NULL;
      switch (kinds[k])
        {
        case 'i':
          type = &ffi_type_sint, v->i = p;
          break;
        case 'l':
          type = &ffi_type_slong, v->l = -p;
          break;
        case 'd':
          type = &ffi_type_double, v->d = p + 0.5;
          break;
        case 'e':
          type = &ffi_type_longdouble, v->e = p + 0.25L;
          break;
        case '2':
          type = &type_l2, v->l2 = (struct l2){ { p, -p } };
          break;
        case 'D':
          type = &type_d2, v->d2 = (struct d2){ { p, -p } };
          break;
        case 'x':
          type = &type_id, v->id = (struct id){ p, -p };
          break;
        case '3':
          type = &type_c3, v->c3 = (struct c3){ { (char) p, 2, 3 } };
          break;
        case 'b':
          type = &type_l3, v->l3 = (struct l3){ { p, 2, 3 } };
          break;
        }
      types[k + 1] = type;
      avalue[k + 1] = v;
    }
  ffi_cif cif;
  ffi_arg result = 0;
  PREP_CIF_VAR (&cif, 1, n + 1, &ffi_type_slong, types);
  ffi_call (&cif, FFI_FN (take), &result, avalue);
  CHECK_MSG (trouble[0] == '\0', "\"%s\": %s", kinds, trouble);
  CHECK_INT (result, n);
}

int
main (void)
{
  const char *lists[] = { "",
                          "i",
                          "d",
                          "e",
                          "2",
                          "D",
                          "x",
                          "3",
                          "b",
                          "iiiiiiiiiiii",
                          "dddddddddddd",
                          "idididididididididididid",
                          "eieiei",
                          "2222222",
                          "DDDDDDD",
                          "xxxxxxxxxxxx",
                          "liebDx32liebDx32liebDx32",
                          "iiii2iDDDDDxxi",
                          "dddddddDdDi" };
  for (size_t i = 0; i < ARRAY_SIZE (lists); i++)
    pass (lists[i]);
  return ffitest_done ();
}
