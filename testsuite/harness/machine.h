/* SPDX-License-Identifier: MIT */
/* The register harness: call code with every register and the stack chosen, and look at
   all of them afterwards.  A test that uses it has

     { sources harness/CPU.S }

   in its first comment.  A CPU brings CPU.S and CPU.h with

     struct machine_state     everything that a convention may say something about
     struct machine_abi       what one convention leaves undefined, and preserves
     machine_call ()          call with machine_in, note machine_out
     machine_callee_*         a callee: notes machine_seen and machine_seen_stack; trashes
                              what it may; returns machine_give and machine_memory_result
     machine_handler ()       a closure's handler: notes machine_seen, calls
                              machine_handle, trashes what it may

   then CPU_state.h, what a function must find and must keep, with

     machine_abis             the conventions
     machine_registers        those that values travel in
     junk_state ()            fill a state with what a caller may have
     machine_trouble ()       what in machine_out is not as machine_in and the ABI say
     entry_trouble ()         what in machine_seen is not fit for a function's entry

   and CPU_places.h, a model of where its conventions put arguments and results, written
   from the psABI and with nothing of the library, with

     place_arguments ()       the state and stack at a callee's first instruction
     place_result ()          the state after its return
     give_arguments ()        what the callee may do with its arguments
     arguments_trouble ()     what of the arguments is not as the callee must see it
     pass_words ()            the state and stack for a call of a C function with words

   What these have in common is in image.h; in argument_words.h and one_chain.h, what most
   have.  Functions named *_trouble return null or what is wrong, as expected and got.  */

#ifndef MACHINE_H
#define MACHINE_H

#include "ffitest.h"
#include "signatures.h"
#include <sys/mman.h>

#if defined __x86_64__
#include "harness/x86_64.h"
#elif defined __i386__
#include "harness/i686.h"
#elif defined __aarch64__
#include "harness/aarch64.h"
#elif defined __arm__
#include "harness/arm.h"
#elif defined __riscv
#include "harness/riscv64.h"
#elif defined __powerpc64__
#include "harness/powerpc64.h"
#elif defined __s390x__
#include "harness/s390x.h"
#endif

enum
{
  WORD = sizeof (uintptr_t),
  MAX_STACK = WORD * MACHINE_STACK_WORDS
};

extern struct machine_state machine_in, machine_out, machine_seen, machine_give;
/* The words above the return address that the callee found.  */
extern uintptr_t machine_seen_stack[MACHINE_STACK_WORDS];
/* How many of them it overwrites.  */
extern size_t machine_trash_words;
/* What the callee stores at the address of a result in memory.  */
extern unsigned char machine_memory_result[256];
extern size_t machine_memory_bytes;
extern void (*machine_handle) (ffi_cif *, void *, void **, void *);

void machine_call (void *fn, void *stack_pointer);
void machine_handler (void);

#ifndef MACHINE_X87
/* No values travel on a stack of registers.  */
static FFITEST_UNUSED unsigned machine_x87_results, machine_x87_given;
#endif

/* Registers of one kind.  */
struct registers
{
  const char *name;         /* in front of a number */
  const char *const *names; /* or of each */
  size_t at;                /* in the state */
  unsigned count, size;
};

/* --- What is wrong -------------------------------------------------------------- */

static char trouble_text[256];

static const char *trouble (const char *format, ...)
    __attribute__ ((format (printf, 1, 2), unused));
static const char *
trouble (const char *format, ...)
{
  va_list list;
  va_start (list, format);
  vsnprintf (trouble_text, sizeof trouble_text, format, list);
  va_end (list);
  return trouble_text;
}

/* The SIZE bytes at GOT are EXPECTED wherever MASK, unless null, has bits.  They are
   called WHAT, and numbered unless N is -1.  */
static FFITEST_UNUSED const char *
bytes_trouble (const char *what, int n, const void *got, const void *expected,
               const void *mask, size_t size)
{
  const unsigned char *g = got, *e = expected, *m = mask;
  for (size_t i = 0; i < size; i++)
    if (((g[i] ^ e[i]) & (m != NULL ? m[i] : 0xff)) != 0)
      {
        char number[16] = "";
        if (n >= 0)
          snprintf (number, sizeof number, "%d", n);
        return trouble ("%s%s: byte %zu: expected %#x, got %#x", what, number, i, e[i],
                        g[i]);
      }
  return NULL;
}

#ifdef __has_feature
#if __has_feature(address_sanitizer)
#define __SANITIZE_ADDRESS__ 1
#endif
#endif

/* --- The stack of a call -------------------------------------------------------- */

/* From the bottom: a guard page, room, the stack arguments at a fixed address, then the
   caller's, a guard page.  */
enum
{
  STACK_ROOM = 64 * 1024,
  STACK_UNALIGNED = 64, /* an alignment that is more than anybody asks for */
  STACK_ABOVE = 8 * 1024 - STACK_UNALIGNED,
  STACK_GUARD = 64 * 1024, /* as large as pages get */
  STACK_JUNK = 0xd3,
  /* The lower part of the room, which nothing may touch: what remains is enough for the
     dynamic loader's lazy binding and a C function.  */
  STACK_FORBIDDEN = STACK_ROOM / 2,
/* Instrumented C functions of the library need more than others.  */
#ifdef __SANITIZE_ADDRESS__
  STACK_INSTRUMENTED = 2048
#else
  STACK_INSTRUMENTED = 0
#endif
};

/* How far above a multiple of STACK_UNALIGNED the stack arguments are.  */
static unsigned stack_offset;

/* Where the stack arguments are.  */
static FFITEST_UNUSED unsigned char *
stack_arguments (void)
{
  static unsigned char *memory;
  if (memory == NULL)
    {
      size_t size = STACK_ROOM + STACK_ABOVE + STACK_UNALIGNED;
      memory = mmap (NULL, size + 2 * STACK_GUARD, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS,
                     -1, 0);
      if (memory == MAP_FAILED
          || mprotect (memory + STACK_GUARD, size, PROT_READ | PROT_WRITE) != 0)
        ffitest_fail (__FILE__, __LINE__, "no stack: %s", strerror (errno));
    }
  return memory + STACK_GUARD + STACK_ROOM + stack_offset;
}

/* Call FN with machine_in and SIZE bytes of stack arguments.  Then the caller's stack
   must be as it was, but for the first OWN bytes of the arguments, and so must be what
   is far below it.  */
static FFITEST_UNUSED const char *
run_trouble (void *fn, const void *arguments, size_t size, size_t own)
{
  unsigned char *stack = stack_arguments ();
  const char *wrong;
  memset (stack - STACK_ROOM, STACK_JUNK, STACK_ROOM + STACK_ABOVE);
  if (size != 0)
    memcpy (stack, arguments, size);
  machine_call (fn, stack);

  static unsigned char junk[STACK_ROOM];
  memset (junk, STACK_JUNK, sizeof junk);
  if (own < size)
    {
      wrong = bytes_trouble ("stack argument byte from ", (int) own, stack + own,
                             (const unsigned char *) arguments + own, NULL, size - own);
      if (wrong != NULL)
        return wrong;
    }
  else
    size = own;
  if (memcmp (stack + size, junk, STACK_ABOVE - size) != 0)
    return bytes_trouble ("the caller's stack, from byte ", (int) size, stack + size,
                          junk, NULL, STACK_ABOVE - size);
  if (memcmp (stack - STACK_ROOM, junk, STACK_FORBIDDEN) != 0)
    return trouble ("expected at most %d bytes of stack to be used, got more",
                    STACK_ROOM - STACK_FORBIDDEN);
  return NULL;
}

/* Where the stack arguments of a callee began.  */
static FFITEST_UNUSED uintptr_t
seen_arguments (void)
{
  return machine_seen.gpr[SP] + MACHINE_LINKAGE;
}

/* The stack pointer at the first instruction of a callee or handler: it may be at most
   BOUND bytes below that of the caller's caller.  */
static FFITEST_UNUSED const char *
stack_trouble (size_t bound)
{
  intptr_t depth = (intptr_t) stack_arguments () - (intptr_t) seen_arguments ();
  if (machine_seen.gpr[SP] == 0)
    return trouble ("expected to be called, got no call");
  if (seen_arguments () % MACHINE_STACK_ALIGN != 0)
    return trouble ("%s at entry: expected %d below a multiple of %d, got %#lx",
                    MACHINE_SP_NAME, MACHINE_LINKAGE, MACHINE_STACK_ALIGN,
                    (unsigned long) machine_seen.gpr[SP]);
  if (depth > (intptr_t) bound)
    return trouble ("stack used: expected at most %zu bytes, got %ld", bound,
                    (long) depth);
  return NULL;
}

/* How many of N made-up signatures to check: other machines are emulated, which takes ten
   times as long.  */
#if defined __x86_64__ || defined __i386__
#define SIGNATURES(n) (n)
#else
#define SIGNATURES(n) ((n) / 10)
#endif

/* --- Results ---------------------------------------------------------------------- */

enum
{
  RESULT_ROOM = 192,
  RESULT_FILL = 0x5a
};

/* --- Junk ----------------------------------------------------------------------- */

static uint32_t junk_seed = 1;

static FFITEST_UNUSED uint32_t
junk_number (void)
{
  junk_seed = junk_seed * 1664525u + 1013904223u;
  return junk_seed >> 8;
}

static FFITEST_UNUSED void
junk_fill (void *p, size_t size)
{
  unsigned char *bytes = p;
  for (size_t i = 0; i < size; i++)
    bytes[i] = (unsigned char) (junk_number () | 1);
}

#include MACHINE_STATE

#include "harness/image.h"

#include MACHINE_PLACES

#endif
