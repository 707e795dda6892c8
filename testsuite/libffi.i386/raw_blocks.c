/* SPDX-License-Identifier: MIT */
/* { needs i686 } */
/* { sources harness/CPU.S } */
/* Raw closures of every convention, by ffi_raw_call, also in executable memory of the
   caller's.  Under a convention that has all arguments on the stack, the first at the
   lowest address, the block is what the stack would be.  */

#include "harness/machine.h"
#include "harness/i686_places.h"
#include <sys/mman.h>

static struct signature s;
static const void *expected_data;
static const char *wrong;
static int handled;

/* The bytes of a value of KIND that are not padding.  */
static size_t
significant (const struct kind *kind)
{
  return kind->letter == 'e' ? LONG_DOUBLE_BYTES : kind->type->size;
}

static void
handle (ffi_cif *cif, void *result, ffi_raw *raw, void *data)
{
  void *args[MAX_ARGUMENTS];
  ffi_raw_to_ptrarray (cif, raw, args);
  handled++;
  if (data != expected_data)
    wrong = "the handler's data";
  for (unsigned i = 0; i < s.nargs; i++)
    if (memcmp (args[i], s.values[i], significant (s.arguments[i])) != 0)
      wrong = "an argument";
  if (s.result->letter != 'v')
    memcpy (result, s.returned, s.result->type->size);
}

/* Call CODE with BLOCK.  */
static void
check (const char *what, const char *abi, void *code, ffi_raw *block)
{
  static _Alignas(16) unsigned char result[MAX_VALUE];
  handled = 0;
  wrong = NULL;
  ffi_raw_call (&s.cif, CODE_AS (void (*) (void), code), result, block);
  if (s.result->letter != 'v' && memcmp (result, s.returned, significant (s.result)) != 0)
    wrong = "the result";
  CHECK_MSG (handled == 1 && wrong == NULL, "%s, %s, %s: expected one good call, got %s",
             what, abi, s.text, handled != 1 ? "another number" : wrong);
}

/* BLOCK against the stack of a call by ABI.  */
static void
check_block (const struct machine_abi *abi, const ffi_raw *block)
{
  static struct image image;
  if (abi->registers[0] != NO_GPR || abi->borland)
    return;
  place_arguments (&image, &s, &image, 0);
  size_t sret = result_in_memory (&s) ? 4 : 0;
  const char *difference = bytes_trouble ("byte ", 0, block, image.stack + sret,
                                          image.stack_mask + sret, image.size - sret);
  CHECK_MSG (difference == NULL, "%s, %s: the block is not as the stack: %s", abi->name,
             s.text, difference);
}

static void
check_signature (const struct machine_abi *abi, const char *text, char *page)
{
  static ffi_raw block[MAX_ARGUMENTS * MAX_VALUE / sizeof (ffi_raw)];
  void *code;
  ffi_raw_closure *closure = ffi_closure_alloc (sizeof *closure, &code);
  signature_prepare (&s, text, abi->abi);
  CHECK (closure != NULL && ffi_raw_size (&s.cif) <= sizeof block);
  memset (block, 0, sizeof block);
  ffi_ptrarray_to_raw (&s.cif, s.avalue, block);
  check_block (abi, block);
  expected_data = block;
  CHECK_INT (ffi_prep_raw_closure_loc (closure, &s.cif, handle, block, code), FFI_OK);
  check ("closure", abi->name, code, block);
  ffi_closure_free (closure);

  CHECK_INT (mprotect (page, 4096, PROT_READ | PROT_WRITE), 0);
  closure = (ffi_raw_closure *) (page + 8);
  if (ffi_prep_raw_closure_loc (closure, &s.cif, handle, block, closure) != FFI_OK)
    return; /* configured so */
  CHECK_INT (mprotect (page, 4096, PROT_READ | PROT_EXEC), 0);
  check ("closure in the caller's memory", abi->name, closure, block);
}

int
main (void)
{
  char text[MAX_TEXT];
  uint32_t seed = 15;
  char *page
      = mmap (NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  CHECK (page != (char *) MAP_FAILED);
  if (mprotect (page, 4096, PROT_READ | PROT_EXEC) != 0)
    UNSUPPORTED ("this system lets nobody make memory executable");
  for (size_t abi = 0; abi < ARRAY_SIZE (machine_abis); abi++)
    for (int i = 0; i < 1000; i++)
      {
        signature_random (text, 12,
                          i % 2 == 0 ? "aAbBuip" : "aAbBuilpfdeLDXYoFTghjkJKGmMnN234xryZ",
                          &seed);
        check_signature (&machine_abis[abi], text, page);
      }
  return ffitest_done ();
}
