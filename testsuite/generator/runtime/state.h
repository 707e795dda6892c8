/* SPDX-License-Identifier: MIT */
/* What the parts of the runtime share.  */

#ifndef GEN_STATE_H
#define GEN_STATE_H

#include "runtime.h"
#include <stdbool.h>

enum
{
  PLACE_SIZE = 8192, /* of a value's place; the largest value is half of that */
  GUARD = 64,        /* bytes watched beside a value */
  RESULT_SLACK = 64, /* what a callee may read beyond a narrow result */
  POISON = 0xa7
};

/* Where the library finds or puts a value: SIZE bytes at VALUE, in accessible memory
   that ends at END.  */
struct gen_place
{
  unsigned char *end, *value;
  size_t size;
};

/* The signature being checked, and the step.  */
struct gen_state
{
  const struct gen_signature *signature;
  unsigned index;
  bool prefilled, failed;
  const char *step;
  unsigned seen; /* how often callee or handler ran in this step */
  ffi_cif cif;
  struct gen_place *arg_places, result_place;
  size_t result_width;  /* of the room for the result; 0: none was given */
  unsigned char **want; /* the arguments' values */
  unsigned char *want_result;
  void **avalue;     /* -> arg_places[i].value */
  void **avalue_was; /* a copy */
  void **carried;    /* -> the values, or carriers */
  uint64_t *carriers;
  ffi_type **types;
  bool junk; /* above narrow values, in this step */
  /* What was compared, but for that of compiled code with compiled code.  */
  unsigned long calls, values;
};
extern struct gen_state gen_now;

extern uint64_t gen_random_state;

static inline bool
is_integer (const struct gen_type *type)
{
  return type->kind == GEN_SIGNED || type->kind == GEN_UNSIGNED;
}

/* Whether TYPE is seen in 64 bits.  */
static inline bool
is_widened (const struct gen_type *type)
{
  return is_integer (type) && type->size < 8;
}

static inline bool
is_float (const struct gen_type *type)
{
  return type->kind == GEN_FLOATING && type->size == 4;
}

/* --- values.c --- */

/* Print what is wrong in this step, unless the signature failed already.  */
void gen_fail (const char *format, ...) __attribute__ ((format (printf, 1, 2)));

/* Draw a value of TYPE at P; padding is left alone.  */
void gen_draw (const struct gen_type *type, unsigned char *p);

/* The integer of TYPE at P in 64 bits; the integer or float at P with junk above.  */
uint64_t gen_widened (const struct gen_type *type, const void *p);
uint64_t gen_passed (const struct gen_type *type, const void *p);
uint64_t gen_with_junk (const struct gen_type *type, const void *p);

/* WHAT, and its NUMBER unless negative, of TYPE must be WANT.  An integer narrower than
   WIDTH bytes is got in as many.  */
void gen_check_value (const char *what, int number, const struct gen_type *type,
                      size_t width, const void *got, const void *want);

/* --- step.c --- */

struct gen_place gen_make_place (void);

/* Draw new values, and begin the step NAME.  JUNK: put some above narrow values in
   their carriers, else widen integers as the compilers do.  */
void gen_begin_with (const char *name, bool junk);
void gen_begin (const char *name);

/* Room for a result, of which integers are widened to WIDTH bytes.  */
void *gen_result_room (size_t width);

/* Callee or handler: the arguments must be those drawn.  */
void gen_check_arguments (void **args, size_t width);

/* End the step: what was called ran once, the result in the room given (if it was) is
   right, and nothing that belongs to the caller was written to.  */
void gen_end (void);

/* --- The steps --- */

/* layout.c: check the types and prepare gen_now.cif; false if it cannot be.  */
bool gen_prepare (void);

/* calls.c */
void gen_step_call (void);
void gen_step_plan (void);
void gen_step_raw_call (void);

/* closures.c */
void gen_step_control (void);
void gen_step_closure (void);
void gen_step_raw_closure (void);
void gen_step_go (void);

#endif
