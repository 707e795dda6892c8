/* SPDX-License-Identifier: MIT */
/* { needs i686 } */
/* { options -no-pie -fno-pie } */
/* ffi_call under any convention puts arguments in the words that its definition says,
   with the stack aligned, and keeps its own caller's registers whatever the callee
   removes.  */

#include "ffitest.h"
#include "machine32.h"
#include "convention.h"
#include "random_call.h"

static struct random_call call;

/* ffi_call with the registers of its caller watched.  */
static void
watched_call (void *rvalue)
{
  struct machine32 machine;
  uint32_t words[4] = { (uintptr_t) &call.cif, (uintptr_t) machine32_callee,
                        (uintptr_t) rvalue, (uintptr_t) call.values };
  memset (&machine, 0, sizeof machine);
  machine.fn = (void *) (uintptr_t) ffi_call;
  machine.count = 4;
  machine.words = words;
  machine32_call (&machine);
  CHECK_MSG (machine.changed == 0 && machine.popped == 0,
             "%s: registers changed, mask %#x, popped %d", random_call_name (&call),
             machine.changed, machine.popped);
}

static void
check_words (void *memory)
{
  struct words other, loose;
  padding = ~0u;
  set_up (call.convention, &other, call.n, call.kinds, call.values,
          call.hidden ? memory : NULL);
  padding = 0;
  for (unsigned i = 0; i < call.words.count; i++)
    loose.stack[i] = call.words.stack[i] ^ other.stack[i];
  const uint32_t *registers = &machine32_seen.eax;
  for (int r = 0; r < 3; r++)
    if (call.words.used >> r & 1)
      CHECK_MSG (registers[r] == call.words.registers[r],
                 "%s: register %d: expected %#x, got %#x", random_call_name (&call), r,
                 call.words.registers[r], registers[r]);
  for (unsigned i = 0; i < call.words.count; i++)
    CHECK_MSG (((machine32_seen.words[i] ^ call.words.stack[i]) & ~loose.stack[i]) == 0,
               "%s: stack word %u: expected %#x, got %#x", random_call_name (&call), i,
               call.words.stack[i], machine32_seen.words[i]);
  CHECK_MSG ((machine32_seen.esp + 4) % 16 == 0, "%s: esp is %#x",
             random_call_name (&call), machine32_seen.esp);
}

static void
check_call (const struct convention *c)
{
  static _Alignas(16) unsigned char memory[VALUE_SIZE + 8];
  do
    random_call (&call, c, memory);
  while (call.result != NULL && call.result->floating && !call.hidden);
  machine32_pop = call.pops;
  memcpy (machine32_result, call.result_bytes, sizeof machine32_result);
  memset (memory, 0x77, sizeof memory);
  watched_call (memory);
  check_words (memory);
  if (call.result != NULL && !call.hidden)
    {
      uint32_t expected[6];
      size_t size = call.result->type->size;
      words_of (call.result, call.result_bytes, expected);
      if (!call.result->aggregate && size < 4)
        size = 4;
      CHECK_MEM (memory, expected, size);
      CHECK_FILL (memory + size, 0x77, sizeof memory - size);
    }
  if (!call.hidden)
    {
      watched_call (NULL);
      check_words (memory);
    }
}

int
main (void)
{
  for (size_t c = 0; c < ARRAY_SIZE (conventions); c++)
    for (unsigned seed = 0; seed < 4000; seed++)
      {
        random_state = seed;
        check_call (&conventions[c]);
      }
  return ffitest_done ();
}
