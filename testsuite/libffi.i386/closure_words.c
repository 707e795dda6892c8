/* SPDX-License-Identifier: MIT */
/* { needs i686 } */
/* { options -no-pie -fno-pie } */
/* A closure of any convention finds its arguments in the words that the convention's
   definition puts them in, returns its result by it, removes exactly what it says and
   keeps every other register; its handler's stack is aligned even if the caller's is
   not.  */

#include "ffitest.h"
#include "machine32.h"
#include "convention.h"
#include "random_call.h"

static struct random_call call;
static const char *trouble;

static __attribute__ ((noinline)) void
handle (ffi_cif *cif, void *result, void **args, void *data)
{
  (void) data;
  if (((uintptr_t) __builtin_frame_address (0) + 8) % 16 != 0)
    trouble = "the handler's stack is not aligned";
  for (unsigned i = 0; i < cif->nargs; i++)
    if (memcmp (args[i], call.values[i], significant (call.kinds[i])) != 0)
      trouble = call.kinds[i]->name;
  if (call.result != NULL)
    memcpy (result, call.result_bytes, call.result->type->size);
}

static void
check_result (const struct machine32 *machine, const unsigned char *memory)
{
  uint32_t words[2] = { machine->out_eax, machine->out_edx };
  uint32_t expected[6];
  if (call.result == NULL)
    return;
  if (call.hidden)
    {
      CHECK_MSG (words[0] == (uintptr_t) memory, "%s: eax is not the result's address",
                 random_call_name (&call));
      CHECK_MEM (memory, call.result_bytes, call.result->type->size);
      return;
    }
  if (machine->pop_st0)
    {
      float f = (float) machine->st0;
      double d = (double) machine->st0;
      const void *got = &machine->st0;
      if (call.result->type == &ffi_type_float)
        got = &f;
      if (call.result->type == &ffi_type_double)
        got = &d;
      CHECK_MEM (got, call.result_bytes, significant (call.result));
      return;
    }
  unsigned n = words_of (call.result, call.result_bytes, expected);
  /* Small structs are not widened.  */
  size_t size = call.result->aggregate ? call.result->type->size : n * 4;
  if (memcmp (words, expected, size) != 0)
    ffitest_fail (__FILE__, __LINE__, "%s: expected %#x %#x, got %#x %#x",
                  random_call_name (&call), expected[0], n > 1 ? expected[1] : 0,
                  words[0], words[1]);
}

static void
check_call (const struct convention *c, uint32_t misalign)
{
  static _Alignas(16) unsigned char memory[VALUE_SIZE];
  struct machine32 machine;
  void *code;
  random_call (&call, c, memory);
  ffi_closure *closure = MAKE_CLOSURE (&call.cif, handle, NULL, &code);
  memset (&machine, 0, sizeof machine);
  memset (memory, 0x3d, sizeof memory);
  machine.fn = code;
  uint32_t *registers[3] = { &machine.eax, &machine.edx, &machine.ecx };
  for (int r = 0; r < 3; r++)
    *registers[r]
        = call.words.used >> r & 1 ? call.words.registers[r] : 0xdead0000u + (unsigned) r;
  machine.count = MACHINE_WORDS;
  machine.words = call.words.stack;
  machine.misalign = misalign;
  machine.pop_st0
      = call.result != NULL
        && (call.result->type == &ffi_type_float || call.result->type == &ffi_type_double
            || call.result->type == &ffi_type_longdouble);
  trouble = NULL;
  machine32_call (&machine);
  CHECK_MSG (trouble == NULL, "%s: %s", random_call_name (&call), trouble);
  CHECK_MSG (machine.popped == (int) call.pops, "%s: expected %u bytes popped, got %d",
             random_call_name (&call), call.pops, machine.popped);
  CHECK_MSG (machine.changed == 0, "%s: registers changed, mask %#x",
             random_call_name (&call), machine.changed);
  check_result (&machine, memory);
  ffi_closure_free (closure);
}

int
main (void)
{
  for (size_t c = 0; c < ARRAY_SIZE (conventions); c++)
    for (unsigned seed = 0; seed < 4000; seed++)
      {
        random_state = seed;
        check_call (&conventions[c], seed % 4 * 4);
      }
  return ffitest_done ();
}
