/* SPDX-License-Identifier: MIT */
/* Where a calling convention puts values.  A port says it, value by value; marshal.c
   and collect.c move the values.  */

#ifndef FFI_LOC_H
#define FFI_LOC_H

#include "ffi_common.h"
#include "offsets.h"

/* Of what loops over arguments call for each of them: a location is to be in registers,
   member by member.  */
#define FFI_INLINE static inline __attribute__ ((always_inline))

enum ffi_loc_kind
{
  LOC_NONE,    /* nowhere: void, an empty struct */
  LOC_GPR,     /* integer registers; those behind the last are words of the stack, for
                  conventions that split values */
  LOC_FPR,     /* floating-point or vector registers, a member in each */
  LOC_GPR_FPR, /* the first piece in an integer register, the second in an FPR */
  LOC_FPR_GPR, /* the reverse */
  LOC_FPR_FPR, /* both in FPRs, if they are not as LOC_FPR has them */
  LOC_STACK,
  LOC_X87,     /* the x87 stack: results only */
  LOC_X87_X87, /* both its top registers */
  LOC_OTHER    /* as ffi_port_store and ffi_port_value of one port say */
};

enum
{
  MAX_REGS_BYTES = 512 /* no port saves more in a frame */
};

/* The location of one value, in two registers of 64 bits.  */
struct ffi_loc
{
  uint8_t kind;     /* enum ffi_loc_kind */
  uint8_t gpr, fpr; /* the first register of each sort, as struct ffi_frame has them */
  uint8_t count;    /* registers of LOC_GPR or LOC_FPR; words of LOC_STACK */
  uint8_t size;     /* bytes of a member in each of LOC_FPR; of the first of two pieces */
  uint8_t second;   /* where in the value the second of two pieces starts */
  uint8_t last;     /* its bytes */
  uint8_t by_address; /* not the value is there, but its address; as a result: it is where
                         the caller says */
  uint8_t padded;     /* the value has more bytes than its registers */
  uint32_t offset;    /* of LOC_STACK */
};

/* What is known of a location before registers are assigned, in one word: functions
   return that faster than a struct.  */
#define LOC_CLASS(kind, count, size) ((kind) | (unsigned) (count) << 8 | (size) << 16)
#define LOC_BY_ADDRESS (LOC_CLASS (LOC_GPR, 1, 0) | 1 << 24)

static inline struct ffi_loc
ffi_loc_of (unsigned class)
{
  return (struct ffi_loc){ .kind = class & 255,
                           .count = class >> 8 & 255,
                           .size = class >> 16 & 255,
                           .by_address = class >> 24 };
}

/* When it is the turn of sret, the hidden argument with the result's address.  */
enum ffi_sret
{
  SRET_NONE, /* the result is not in memory, or its address in a register that no argument
                can have */
  SRET_FIRST,
  SRET_LAST
};

/* The walk over the arguments of a function, in the order of their declaration, that
   gives each its location.  The first three are called as AAPCS calls them.  */
struct ffi_assign
{
  unsigned ngrn;  /* the next integer register */
  unsigned nsrn;  /* the next FPR; or a bit for each that is free, if values may go
                     between others */
  size_t nsaa;    /* the next stack argument: bytes used so far */
  size_t align;   /* of the stack arguments, beyond the convention's */
  size_t copies;  /* bytes that copies of values passed by address need at most */
  size_t bytes;   /* of stack arguments in all, if the first has the highest address */
  unsigned named; /* named arguments still to come */
  unsigned state; /* what one port alone needs */
  unsigned known; /* what cif->flags tell of structs still to come, of one port; */
  unsigned found, found_bits;          /* and what they will tell, in so many bits */
  const struct convention *convention; /* of a port with a table of them */
  uint8_t sret;                        /* enum ffi_sret */
};

/* The registers and the stack arguments of one call, in memory.  Where the stack
   arguments follow the integer registers, a value split between both is one run.  */
struct ffi_frame
{
  char *gpr;   /* words */
  char *fpr;   /* STRIDE bytes each */
  char *stack; /* the lowest stack argument */
  size_t stride;
};

enum ffi_move_base
{
  MOVE_TO_GPR,
  MOVE_TO_FPR,
  MOVE_TO_STACK
};

/* One move of a plan: bytes of an argument to where they belong in the frame.  */
struct ffi_move
{
  uint32_t to;    /* bytes from the base */
  uint32_t size;  /* of MOVE_BYTES and MOVE_COPY */
  uint16_t align; /* of MOVE_COPY */
  uint16_t arg;   /* the argument's number */
  uint8_t op;     /* MOVE_ ... of offsets.h */
  uint8_t base;   /* enum ffi_move_base */
  uint8_t from;   /* bytes from the start of the value */
};
_Static_assert(sizeof (struct ffi_move) == 16 && offsetof (struct ffi_move, size) == 4
                   && offsetof (struct ffi_move, align) == 8
                   && offsetof (struct ffi_move, arg) == 10
                   && offsetof (struct ffi_move, op) == 12
                   && offsetof (struct ffi_move, from) == 14,
               "assembly of AArch64");

/* Have M count from the FPRs, in a frame in which integer registers and stack arguments
   start GPRS and STACK bytes behind them.  */
FFI_INLINE void
ffi_count_from_fprs (struct ffi_move *m, unsigned gprs, unsigned stack)
{
  m->to += m->base == MOVE_TO_FPR ? 0 : m->base == MOVE_TO_GPR ? gprs : stack;
  m->base = MOVE_TO_FPR;
}

/* One call on its way to the port's ffi_invoke, which finds what it needs by the offsets
   of offsets.h.  */
struct ffi_call
{
  unsigned long flags; /* cif->flags */
  void (*fn) (void);
  void *chain;         /* for the static chain register */
  void *rvalue;        /* has room for whole registers */
  unsigned long bytes; /* of stack arguments and copies */
  const ffi_cif *cif;
  void **avalue;
  const struct ffi_move *moves; /* of a plan; or null */
};

#pragma GCC visibility push(hidden)
/* Make CALL: have its arguments stored by ffi_marshal, load the registers, call, and
   store the result.  A port may have several instead.  */
void ffi_invoke (const struct ffi_call *call);

/* What ffi_invoke calls, of marshal.c: store the arguments of a call of variant 0, or 1,
   in the registers at REGS, as the port's frame has them, and on the stack, from STACK
   up, which the copies of what is passed by address end.  */
void ffi_marshal (const struct ffi_call *call, char *regs, char *stack);
void ffi_marshal_1 (const struct ffi_call *call, char *regs, char *stack);

/* ffi_call for everything that the port's ffi_call, in assembly, leaves to it.  */
void ffi_call_general (ffi_cif *cif, void (*fn) (void), void *rvalue, void **avalue);

/* ffi_call_plan_invoke by the moves of PLAN, for everything that the port has no faster
   way for.  */
void ffi_call_plan_general (ffi_call_plan *plan, void (*fn) (void), void *rvalue,
                            void **avalue);
#pragma GCC visibility pop

#endif
