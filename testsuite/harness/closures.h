/* SPDX-License-Identifier: MIT */
/* The library is called, as a closure: every register that the convention leaves
   undefined is junk, the handler trashes all that a C function may, and afterwards all
   that the convention preserves is compared.  */

#ifndef HARNESS_CLOSURES_H
#define HARNESS_CLOSURES_H

#include "harness/machine.h"

/* What is called.  */
enum closure_kind
{
  CLOSURE,
  GO_CLOSURE,
  RAW_CLOSURE,
  JAVA_RAW_CLOSURE,
  OWNED_CLOSURE, /* in executable memory of the caller's */
  CLOSURE_KINDS
};

static const char *const closure_names[CLOSURE_KINDS]
    = { "closure", "Go closure", "raw closure", "java raw closure",
        "closure in the caller's memory" };

enum
{
  /* Stack that an entry may use beside what grows with the arguments: with a stack
     protector in the library, as distributions build it; and with arrays for a few
     addresses, and words of a raw closure, which need no probing.  */
  ENTRY_STACK = 1344 + 256 + STACK_INSTRUMENTED
};

/* What the handler got.  */
static struct
{
  struct signature *s;
  unsigned calls;
  ffi_cif *cif;
  void *result, *data;
  void *args[MAX_ARGUMENTS];
  unsigned char values[MAX_ARGUMENTS][MAX_VALUE];
} handled;

/* The addresses of memory aligned for anything, whose low bits are 0, show how args are
   aligned.  */
static FFITEST_UNUSED void
note_arguments (ffi_cif *cif, void *result, void **args, void *data)
{
  const struct kind *kind = handled.s->result;
  unsigned char word[sizeof (ffi_arg)];
  handled.calls++;
  handled.cif = cif;
  handled.result = result;
  handled.data = data;
  for (unsigned i = 0; i < handled.s->nargs; i++)
    {
      handled.args[i] = args[i];
      memcpy (handled.values[i], args[i], handled.s->types[i]->size);
    }
  if (kind->letter == 'v')
    return;
  if (kind_is_integer (kind))
    {
      /* As an ffi_arg.  */
      kind_widen (kind, handled.s->returned, word);
      memcpy (result, word, sizeof word);
    }
  else
    memcpy (result, handled.s->returned, kind->type->size);
}

static FFITEST_UNUSED void
note_raw_arguments (ffi_cif *cif, void *result, void **raw, void *data)
{
  void *args[MAX_ARGUMENTS];
  ffi_raw_to_ptrarray (cif, (ffi_raw *) raw, args);
  note_arguments (cif, result, args, data);
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"

#if !FFI_NATIVE_RAW_API
static FFITEST_UNUSED void
note_java_raw_arguments (ffi_cif *cif, void *result, void **raw, void *data)
{
  void *args[MAX_ARGUMENTS];
  ffi_java_raw_to_ptrarray (cif, (ffi_java_raw *) raw, args);
  note_arguments (cif, result, args, data);
}
#endif

/* Structs in Java: none; nor closures where raw blocks are like the stack.  A raw block
   does not align what is in it.  */
static FFITEST_UNUSED int
kind_applies (enum closure_kind kind, const struct signature *s,
              const struct machine_abi *abi)
{
  if (kind == JAVA_RAW_CLOSURE && FFI_NATIVE_RAW_API)
    return 0;
  if (kind == GO_CLOSURE)
    return has_static_chain (abi);
  if (kind == RAW_CLOSURE || kind == JAVA_RAW_CLOSURE)
    for (unsigned i = 0; i < s->nargs; i++)
      if (kind == JAVA_RAW_CLOSURE && s->arguments[i]->is_aggregate)
        return 0;
  return 1;
}

/* One page that can be made executable; null if that is not allowed.  */
static FFITEST_UNUSED void *
owned_memory (int executable)
{
  static void *memory;
  const size_t size = 4096;
  if (memory == NULL)
    memory
        = mmap (NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED
      || mprotect (memory, size, PROT_READ | (executable ? PROT_EXEC : PROT_WRITE)) != 0)
    return NULL;
  return memory;
}

/* A closure of KIND for S, and its code address.  */
union any_closure
{
  ffi_closure plain;
  ffi_raw_closure raw;
  ffi_java_raw_closure java;
};
static ffi_go_closure go_closure;

static FFITEST_UNUSED void *
make_closure (enum closure_kind kind, struct signature *s, void *data, void **code)
{
  typedef void (*handler) (ffi_cif *, void *, void **, void *);
  typedef void (*raw_handler) (ffi_cif *, void *, ffi_raw *, void *);
  handler fun = (handler) (uintptr_t) machine_handler;
  raw_handler raw_fun = (raw_handler) (uintptr_t) machine_handler;
  ffi_status status;
  void *closure;
  if (kind == GO_CLOSURE)
    {
      closure = &go_closure;
      status = ffi_prep_go_closure (&go_closure, &s->cif, fun);
      *code = go_closure.tramp;
    }
  else if (kind == OWNED_CLOSURE)
    {
      closure = *code = owned_memory (0);
      status = ffi_prep_closure_loc (closure, &s->cif, fun, data, closure);
      owned_memory (1);
    }
  else
    {
      closure = ffi_closure_alloc (sizeof (union any_closure), code);
      CHECK_MSG (closure != NULL, "ffi_closure_alloc: %s", strerror (errno));
      if (kind == CLOSURE)
        status = ffi_prep_closure_loc (closure, &s->cif, fun, data, *code);
#if !FFI_NATIVE_RAW_API
      else if (kind == JAVA_RAW_CLOSURE)
        status = ffi_prep_java_raw_closure_loc (closure, &s->cif, raw_fun, data, *code);
#endif
      else
        status = ffi_prep_raw_closure_loc (closure, &s->cif, raw_fun, data, *code);
    }
  CHECK_MSG (status == FFI_OK, "%s of %s: expected FFI_OK, got %d", closure_names[kind],
             s->text, status);
  return closure;
}

#pragma GCC diagnostic pop

/* Whether CIF is that of S or, for a sealed closure, a copy.  */
static int
is_cif_of (const ffi_cif *cif, const struct signature *s)
{
  return cif == &s->cif
         || (getenv ("LIBFFI_SEAL") != NULL && cif->abi == s->cif.abi
             && cif->nargs == s->cif.nargs && cif->bytes == s->cif.bytes
             && cif->flags == s->cif.flags);
}

static FFITEST_UNUSED const char *
handled_trouble (struct signature *s, const void *data, int aligned)
{
  const char *wrong = NULL;
  if (handled.calls != 1)
    return trouble ("expected one call of the handler, got %u", handled.calls);
  if (!is_cif_of (handled.cif, s))
    return trouble ("cif: expected %p, got %p", (void *) &s->cif, (void *) handled.cif);
  if (handled.data != data)
    return trouble ("user data: expected %p, got %p", data, handled.data);
  for (unsigned i = 0; i < s->nargs && wrong == NULL; i++)
    {
      size_t align = s->types[i]->alignment;
      unsigned char mask[MAX_VALUE] = { 0 };
      mark_value (s->types[i], mask);
      wrong = bytes_trouble ("argument ", (int) i, handled.values[i], s->values[i], mask,
                             s->types[i]->size);
      if (wrong == NULL && aligned && (uintptr_t) handled.args[i] % align != 0)
        wrong = trouble ("argument %u: expected it aligned to %zu, got %p", i, align,
                         handled.args[i]);
    }
  return wrong;
}

/* Call a closure of KIND of signature S and ABI.  */
static FFITEST_UNUSED const char *
closure_trouble (struct signature *s, const struct machine_abi *abi,
                 enum closure_kind kind, void *code, void *data)
{
  static struct image arguments, result;
  static unsigned char stack[MAX_STACK];
  static _Alignas(64) unsigned char room[RESULT_ROOM];
  static unsigned char expected[RESULT_ROOM];
  const char *wrong;
  int raw = kind == RAW_CLOSURE || kind == JAVA_RAW_CLOSURE;

  junk_registers ();
  memset (room, RESULT_FILL, sizeof room);
  memset (&handled, 0, sizeof handled);
  handled.s = s;
  machine_handle = raw ? note_raw_arguments : note_arguments;
#if !FFI_NATIVE_RAW_API
  if (kind == JAVA_RAW_CLOSURE)
    machine_handle = note_java_raw_arguments;
#endif
  place_arguments (&arguments, s, room, 1);
  apply_image (&arguments, &machine_in, stack);
  if (kind == GO_CLOSURE)
    pass_static_chain (abi, data);
  place_result (&result, s, room, 0, &machine_x87_results);

  wrong = run_trouble (code, stack, arguments.size, arguments.own);
  if (wrong == NULL)
    wrong = machine_trouble (abi, arguments.popped);
  if (wrong == NULL)
    wrong = entry_trouble (ENTRY_STACK + (size_t) (raw ? 96 : 8) * s->nargs);
  if (wrong == NULL)
    wrong = handled_trouble (s, data, !raw);
  if (wrong == NULL && result_in_memory (s) && handled.result != room)
    wrong = trouble ("handler's result: expected the caller's memory at %p, got %p",
                     (void *) room, handled.result);
  if (wrong == NULL)
    wrong = registers_trouble (&result, &machine_out);
  memset (expected, RESULT_FILL, sizeof expected);
  if (result_in_memory (s))
    memcpy (expected, s->returned, s->result->type->size);
  if (wrong == NULL)
    wrong = bytes_trouble ("result in memory", -1, room, expected, NULL, sizeof room);
  return wrong;
}

/* Check a closure of KIND of a function of type TEXT.  */
static FFITEST_UNUSED void
check_closure (enum closure_kind kind, const char *text, const struct machine_abi *abi)
{
  static struct signature s;
  static int datum;
  void *code;
  signature_prepare (&s, text, abi->abi);
  if (!kind_applies (kind, &s, abi))
    return;
  void *data = kind == GO_CLOSURE ? (void *) &go_closure : (void *) &datum;
  void *closure = make_closure (kind, &s, data, &code);
  const char *wrong = closure_trouble (&s, abi, kind, code, data);
  CHECK_MSG (wrong == NULL, "%s of %s, %s: %s", closure_names[kind], text, abi->name,
             wrong);
  if (kind != GO_CLOSURE && kind != OWNED_CLOSURE)
    ffi_closure_free (closure);
}

#endif
