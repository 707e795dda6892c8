/* SPDX-License-Identifier: MIT */
/* { needs i686 } */
/* { options -no-pie -fno-pie } */
/* Under every convention: Go closures, which find themselves in the static chain
   register and do not exist for FFI_REGISTER; raw calls and raw closures; closures in
   executable memory of the caller's.  */

#include "ffitest.h"
#include "machine32.h"
#include "convention.h"
#include "random_call.h"
#include <sys/mman.h>

static struct random_call call;
static const void *expected_data;
static const char *trouble;
static int handled;

static void
check_arguments (void **args, const void *data)
{
  handled++;
  if (data != expected_data)
    trouble = "the handler's data";
  for (unsigned i = 0; i < call.n; i++)
    if (memcmp (args[i], call.values[i], significant (call.kinds[i])) != 0)
      trouble = call.kinds[i]->name;
}

static void
give_result (void *result)
{
  if (call.result != NULL)
    memcpy (result, call.result_bytes, call.result->type->size);
}

static void
handle (ffi_cif *cif, void *result, void **args, void *data)
{
  (void) cif;
  check_arguments (args, data);
  give_result (result);
}

static void
handle_raw (ffi_cif *cif, void *result, ffi_raw *raw, void *data)
{
  void *args[RANDOM_ARGUMENTS];
  ffi_raw_to_ptrarray (cif, raw, args);
  check_arguments (args, data);
  give_result (result);
}

static void
check (const char *what, const unsigned char *memory)
{
  uint32_t words[6];
  CHECK_MSG (handled == 1 && trouble == NULL, "%s, %s: %s", what,
             random_call_name (&call), trouble != NULL ? trouble : "not called");
  if (call.result == NULL)
    return;
  words_of (call.result, call.result_bytes, words);
  CHECK_MSG (memcmp (memory, words, significant (call.result)) == 0, "%s, %s: result",
             what, random_call_name (&call));
}

static void
check_go (unsigned char *memory)
{
  ffi_go_closure closure;
  ffi_status status = ffi_prep_go_closure (&closure, &call.cif, handle);
  CHECK_INT (status, call.convention->abi == FFI_REGISTER ? FFI_BAD_ABI : FFI_OK);
  if (status != FFI_OK)
    return;
  expected_data = &closure;
  ffi_call_go (&call.cif, CODE_AS (void (*) (void), closure.tramp), memory, call.values,
               &closure);
  check ("Go closure", memory);
}

static void
check_raw (unsigned char *memory)
{
  ffi_raw block[MACHINE_WORDS];
  void *code;
  ffi_raw_closure *closure = ffi_closure_alloc (sizeof *closure, &code);
  CHECK (closure != NULL && ffi_raw_size (&call.cif) <= sizeof block);
  expected_data = block;
  CHECK_INT (ffi_prep_raw_closure_loc (closure, &call.cif, handle_raw, block, code),
             FFI_OK);
  memset (block, 0, sizeof block);
  ffi_ptrarray_to_raw (&call.cif, call.values, block);
  /* The block is the stack, if all arguments go there in order.  */
  if (call.convention->registers[0] < 0 && !call.convention->borland)
    CHECK_MSG (memcmp (block, call.words.stack + call.hidden, ffi_raw_size (&call.cif))
                   == 0,
               "%s: the raw block is not as the stack", random_call_name (&call));
  ffi_raw_call (&call.cif, CODE_AS (void (*) (void), code), memory, block);
  check ("raw closure", memory);
  ffi_closure_free (closure);
}

static void
check_own (unsigned char *memory, char *page)
{
  static int data;
  CHECK_INT (mprotect (page, 4096, PROT_READ | PROT_WRITE), 0);
  ffi_closure *closure = (ffi_closure *) (page + 8);
  ffi_raw_closure *raw = (ffi_raw_closure *) (page + 48);
  expected_data = &data;
  if (ffi_prep_closure_loc (closure, &call.cif, handle, &data, closure) != FFI_OK)
    return; /* configured so */
  CHECK_INT (ffi_prep_raw_closure_loc (raw, &call.cif, handle_raw, &data, raw), FFI_OK);
  CHECK_INT (mprotect (page, 4096, PROT_READ | PROT_EXEC), 0);
  ffi_call (&call.cif, CODE_AS (void (*) (void), closure), memory, call.values);
  check ("closure in memory of ours", memory);
  handled = 0;
  ffi_call (&call.cif, CODE_AS (void (*) (void), raw), memory, call.values);
  check ("raw closure in memory of ours", memory);
}

int
main (void)
{
  static _Alignas(16) unsigned char memory[VALUE_SIZE + 8];
  char *page
      = mmap (NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  CHECK (page != (char *) MAP_FAILED);
  for (size_t c = 0; c < ARRAY_SIZE (conventions); c++)
    for (unsigned seed = 0; seed < 1000; seed++)
      for (int kind = 0; kind < 3; kind++)
        {
          random_state = seed;
          random_call (&call, &conventions[c], memory);
          handled = 0;
          trouble = NULL;
          if (kind == 0)
            check_go (memory);
          else if (kind == 1)
            check_raw (memory);
          else
            check_own (memory, page);
        }
  return ffitest_done ();
}
