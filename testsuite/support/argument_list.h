/* SPDX-License-Identifier: MIT */
/* Lists of 0 to 40 items that cycle through four kinds: LIST_n (l, d, c, f) is
   l (1), d (2), c (3), f (4), l (5), ... up to n.  COUNTS_FROM_1 (M) is M (1) ... M (40).
   The kinds stand for long, double, signed char and float.  */

#ifndef ARGUMENT_LIST_H
#define ARGUMENT_LIST_H

#define LIST_1(l, d, c, f) l (1)
#define LIST_2(l, d, c, f) LIST_1 (l, d, c, f), d (2)
#define LIST_3(l, d, c, f) LIST_2 (l, d, c, f), c (3)
#define LIST_4(l, d, c, f) LIST_3 (l, d, c, f), f (4)
#define LIST_5(l, d, c, f) LIST_4 (l, d, c, f), l (5)
#define LIST_6(l, d, c, f) LIST_5 (l, d, c, f), d (6)
#define LIST_7(l, d, c, f) LIST_6 (l, d, c, f), c (7)
#define LIST_8(l, d, c, f) LIST_7 (l, d, c, f), f (8)
#define LIST_9(l, d, c, f) LIST_8 (l, d, c, f), l (9)
#define LIST_10(l, d, c, f) LIST_9 (l, d, c, f), d (10)
#define LIST_11(l, d, c, f) LIST_10 (l, d, c, f), c (11)
#define LIST_12(l, d, c, f) LIST_11 (l, d, c, f), f (12)
#define LIST_13(l, d, c, f) LIST_12 (l, d, c, f), l (13)
#define LIST_14(l, d, c, f) LIST_13 (l, d, c, f), d (14)
#define LIST_15(l, d, c, f) LIST_14 (l, d, c, f), c (15)
#define LIST_16(l, d, c, f) LIST_15 (l, d, c, f), f (16)
#define LIST_17(l, d, c, f) LIST_16 (l, d, c, f), l (17)
#define LIST_18(l, d, c, f) LIST_17 (l, d, c, f), d (18)
#define LIST_19(l, d, c, f) LIST_18 (l, d, c, f), c (19)
#define LIST_20(l, d, c, f) LIST_19 (l, d, c, f), f (20)
#define LIST_21(l, d, c, f) LIST_20 (l, d, c, f), l (21)
#define LIST_22(l, d, c, f) LIST_21 (l, d, c, f), d (22)
#define LIST_23(l, d, c, f) LIST_22 (l, d, c, f), c (23)
#define LIST_24(l, d, c, f) LIST_23 (l, d, c, f), f (24)
#define LIST_25(l, d, c, f) LIST_24 (l, d, c, f), l (25)
#define LIST_26(l, d, c, f) LIST_25 (l, d, c, f), d (26)
#define LIST_27(l, d, c, f) LIST_26 (l, d, c, f), c (27)
#define LIST_28(l, d, c, f) LIST_27 (l, d, c, f), f (28)
#define LIST_29(l, d, c, f) LIST_28 (l, d, c, f), l (29)
#define LIST_30(l, d, c, f) LIST_29 (l, d, c, f), d (30)
#define LIST_31(l, d, c, f) LIST_30 (l, d, c, f), c (31)
#define LIST_32(l, d, c, f) LIST_31 (l, d, c, f), f (32)
#define LIST_33(l, d, c, f) LIST_32 (l, d, c, f), l (33)
#define LIST_34(l, d, c, f) LIST_33 (l, d, c, f), d (34)
#define LIST_35(l, d, c, f) LIST_34 (l, d, c, f), c (35)
#define LIST_36(l, d, c, f) LIST_35 (l, d, c, f), f (36)
#define LIST_37(l, d, c, f) LIST_36 (l, d, c, f), l (37)
#define LIST_38(l, d, c, f) LIST_37 (l, d, c, f), d (38)
#define LIST_39(l, d, c, f) LIST_38 (l, d, c, f), c (39)
#define LIST_40(l, d, c, f) LIST_39 (l, d, c, f), f (40)

/* clang-format off */
#define COUNTS_FROM_1(M) \
  M (1) M (2) M (3) M (4) M (5) M (6) M (7) M (8) M (9) M (10) \
  M (11) M (12) M (13) M (14) M (15) M (16) M (17) M (18) M (19) M (20) \
  M (21) M (22) M (23) M (24) M (25) M (26) M (27) M (28) M (29) M (30) \
  M (31) M (32) M (33) M (34) M (35) M (36) M (37) M (38) M (39) M (40)
/* clang-format on */

/* The value of the i-th argument, small enough for every kind.  */
#define VALUE(i) ((i) *3 - 61)

#define PARAMETER_L(i) long a##i
#define PARAMETER_D(i) double a##i
#define PARAMETER_C(i) signed char a##i
#define PARAMETER_F(i) float a##i
#define PARAMETERS(n) LIST_##n (PARAMETER_L, PARAMETER_D, PARAMETER_C, PARAMETER_F)

#define ARGUMENT_L(i) (long) VALUE (i)
#define ARGUMENT_D(i) (double) VALUE (i)
#define ARGUMENT_C(i) (signed char) VALUE (i)
#define ARGUMENT_F(i) (float) VALUE (i)
#define ARGUMENTS(n) LIST_##n (ARGUMENT_L, ARGUMENT_D, ARGUMENT_C, ARGUMENT_F)

#define TYPE_L(i) long
#define TYPE_D(i) double
#define TYPE_C(i) signed char
#define TYPE_F(i) float
#define TYPES(n) LIST_##n (TYPE_L, TYPE_D, TYPE_C, TYPE_F)

/* The ffi_types of the kinds, in order.  */
static FFITEST_UNUSED ffi_type *
argument_type (unsigned i)
{
  ffi_type *kinds[4]
      = { &ffi_type_slong, &ffi_type_double, &ffi_type_schar, &ffi_type_float };
  return kinds[(i - 1) % 4];
}

#endif
