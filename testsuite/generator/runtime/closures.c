/* SPDX-License-Identifier: MIT */
/* Calls by what the compiler made: of its own code, and of closures.  */

#include "state.h"
#include <stdlib.h>
#include <string.h>

static void
write_result (void *result)
{
  const struct gen_type *type = gen_now.signature->result;

  if (is_integer (type) && type->size < sizeof (ffi_arg))
    {
      ffi_arg word = (ffi_arg) gen_with_junk (type, gen_now.want_result);
      memcpy (result, &word, sizeof word);
    }
  else
    memcpy (result, gen_now.want_result, type->size);
}

static void
check_handler (const ffi_cif *cif, const void *data, const void *expected)
{
  if (cif != &gen_now.cif)
    gen_fail ("the handler's cif: expected %p, got %p", (void *) &gen_now.cif,
              (const void *) cif);
  if (data != expected)
    gen_fail ("the handler's data: expected %p, got %p", expected, data);
}

static void
check_alignment (void **args, void *result)
{
  const struct gen_type *type = gen_now.signature->result;

  if ((uintptr_t) result % type->kept_alignment != 0)
    gen_fail ("the handler's result: %p is not aligned to %zu", result,
              type->kept_alignment);
  for (unsigned i = 0; i < gen_now.signature->nargs; i++)
    {
      type = gen_now.signature->args[i];
      if ((uintptr_t) args[i] % type->kept_alignment != 0)
        gen_fail ("the handler's argument %u: %p is not aligned to %zu", i, args[i],
                  type->kept_alignment);
    }
}

/* Assembly refers to these.  */
__attribute__ ((used)) void *gen_chain;
__attribute__ ((used)) void (*gen_chain_target) (void);

static void *handler_data;

static void
handle (ffi_cif *cif, void *result, void **args, void *data)
{
  check_handler (cif, data, handler_data);
  check_alignment (args, result);
  gen_check_arguments (args, 0);
  write_result (result);
}

static void
handle_raw (ffi_cif *cif, void *result, ffi_raw *raw, void *data)
{
  void **args = calloc (cif->nargs + 1, sizeof *args);

  check_handler (cif, data, handler_data);
  ffi_raw_to_ptrarray (cif, raw, args);
  gen_check_arguments (args, 0);
  write_result (result);
  free (args);
}

/* The compiler's caller calls FN.  */
static void
compiled_call (void (*fn) (void))
{
  void *result = gen_result_room (sizeof (uint64_t));

  gen_now.signature->caller (fn, gen_now.carried, result);
  gen_end ();
}

static void
compiled_call_of (void *code)
{
  void (*fn) (void);

  memcpy (&fn, &code, sizeof fn);
  compiled_call (fn);
}

/* Generator and compiler: is what follows worth trusting?  Some compilers trust that
   callers widen arguments, and on s390x that callees widen results.  */
void
gen_step_control (void)
{
  gen_begin_with ("compiled code to compiled code", false);
  compiled_call (gen_now.signature->callee);
}

#if FFI_CLOSURES
void
gen_step_closure (void)
{
  void *code;
  ffi_closure *closure = ffi_closure_alloc (sizeof *closure, &code);

  gen_begin ("closure");
  handler_data = closure;
  ffi_status status = ffi_prep_closure_loc (closure, &gen_now.cif, handle, closure, code);
  if (status != FFI_OK)
    gen_fail ("ffi_prep_closure_loc: expected FFI_OK, got %d", status);
  else
    compiled_call_of (code);
  ffi_closure_free (closure);
}

void
gen_step_raw_closure (void)
{
  void *code;
  ffi_raw_closure *closure = ffi_closure_alloc (sizeof *closure, &code);

  gen_begin ("raw closure");
  handler_data = closure;
  ffi_status status
      = ffi_prep_raw_closure_loc (closure, &gen_now.cif, handle_raw, closure, code);
  if (status != FFI_OK)
    gen_fail ("ffi_prep_raw_closure_loc: expected FFI_OK, got %d", status);
  else
    compiled_call_of (code);
  ffi_closure_free (closure);
}
#endif

#if FFI_GO_CLOSURES
void
gen_step_go (void)
{
  ffi_go_closure closure;
  void *result;

  gen_begin ("ffi_call_go");
  gen_chain = NULL;
  gen_chain_target = gen_now.signature->callee;
  result = gen_result_room (sizeof (ffi_arg));
  ffi_call_go (&gen_now.cif, gen_get_chain, result, gen_now.avalue, &closure);
  if (gen_chain != &closure)
    gen_fail ("static chain: expected %p, got %p", (void *) &closure, gen_chain);
  gen_end ();

  gen_begin ("Go closure");
  int status = ffi_prep_go_closure (&closure, &gen_now.cif, handle);
  if (status != FFI_OK)
    {
      gen_fail ("ffi_prep_go_closure: expected FFI_OK, got %d", status);
      return;
    }
  handler_data = gen_chain = &closure;
  memcpy (&gen_chain_target, &closure.tramp, sizeof gen_chain_target);
  compiled_call (gen_set_chain);
}
#endif
