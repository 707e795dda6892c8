/* SPDX-License-Identifier: MIT */
/* What a port provides, the directory of one instruction set; nothing else in src/ names
   a register.

   target.h, for C and assembly, has constants:
   - TRAMP_PITCH, SLOT_SIZE: bytes from one trampoline, or slot, to the next
   - IMAGE_SLOTS, GROWN_SLOTS: trampolines of the image, and of each table that is added;
     EACH_IMAGE_TABLE(table): table (0), table (1) ... for each table of the image
   - TRAMP_BLOCK_ALIGN: the largest page that a file is mapped with
   - TRAMPFD_PITCH, TRAMPFD_DISTANCE, TRAMPFD_SCALE, TRAMPFD_REGISTER and
     TRAMPFD_PAGE: the kernel's trampolines, see source_trampfd.c; without_trampfd.h has
     them for ports that have none
   - UNWIND_TRAMPOLINES: CFI of trampolines that move the stack pointer
   - REGION_SHIFT, RESERVE_TABLES, ADDRESS_BITS: see tables.h
   - PORT_FAST_ENTRY: 1 if fast_entry.h has ffi_port_fast_entry, otherwise 0
   - PORT_VALGRIND_REQUEST: 1 if valgrind_request.h has ffi_valgrind_request, otherwise 0
   - PORT_LOOKS_INTO: 1 if classify.c has ffi_port_looks_into, see bounds.h
   - PORT_CHECKS_TYPES: 1 if ffi_port_prep_cif leaves nothing to ffi_prep_checked
   - PORT_ZERO_WIDTH: 0 if structs with bit-fields of width 0 are refused; otherwise it is
     left out
   - PORT_FLOAT16: bytes of the smallest vector of _Float16 that is passed, or 1 if that
     is passed but no vector; PORT_FLOAT128: 1 if a __float128 is that is not long double;
     otherwise they are left out
   - PORT_PLAN_TYPES: 1 if ffi_call_plan_invoke looks at the sizes and codes of types, of
     which the plan then has copies
   - PORT_PLAN_WORDS(moves, nargs): how many words ffi_port_plan wants to have behind the
     moves of a plan, if any
   - FFI_IN_REGISTERS, FFI_TEXT_PROT, FFI_LARGEST_CLASSIFIED: only if they are not
     those of tables.h, source_image.c and ffi_common.h

   atomic.h has ffi_cas, ffi_clear_bits, ffi_prefetch and ffi_thread_id, for which
   C11 does (generic_atomic.h).  macros.h has what asm/function.h and
   asm/jump_table.h want: see there.

   flags.h, for C and assembly, has the bits of cif->flags.  Common to all are
   - RET_CODES: the list of how results travel, R (name, ...) for each; from it come the
     constants RET_name in C (ret_codes.h) and assembly (asm/ret_symbols.h), and all
     tables by them.  There must be RET_MEMORY, for a result that is where the caller says
   - RET_MASK: the lowest bits, which have the code
   - FLAG_PARTIAL: a bit that says that the registers are larger than the result, or 0

   results.h, for assembly, has the macros STORE_RESULT and LOAD_RESULT, which know each
   RET code; asm/result.h makes jump tables of them.

   classify.h says where values are.  It is inlined into marshal.c, collect.c and
   call_plan.c, which move them.  VARIANT is always a constant there.
   - PORT_VARIANTS: 2 if the loops over arguments shall exist twice, otherwise 1;
     ffi_port_variant (cif): which of them CIF wants, 0 or 1.  The assembly calls
     ffi_marshal and ffi_closure_inner for variant 0, ffi_marshal_1 and
     ffi_closure_inner_1 for variant 1
   - ffi_port_start (assign, cif, variant): begin to assign the arguments of CIF, of which
     the ABI and flags are set; assign->sret says when it is the turn of sret
   - ffi_port_sret (assign): the location of sret, when it is its turn
   - ffi_port_next (assign, type, variant): the location of the next argument
   - ffi_port_call_frame (call, regs, stack, variant): where ffi_invoke has made room for
     registers and stack arguments; also stores what is no argument there
   - ffi_port_entry_frame (cif, regs, stack, variant): where a general entry has saved
     registers
   - ffi_port_stack_bytes (cif): the size of stack arguments, and of copies behind them
   - ffi_port_invoke (call): ffi_invoke, or one of several
   - ffi_leave, ffi_port_leave (cif): what ffi_closure_inner returns to the entry, that is
     how to load the result and what to remove; PORT_INNER: that type, and how
     ffi_closure_inner is called
   - PORT_COPIES: 1 if the callee may change what is passed by address, otherwise 0
   - PORT_PADS: 1 if a location may be padded, otherwise 0
   - PORT_MIXES: 1 if one may be LOC_GPR_FPR or LOC_FPR_GPR, 2 if also LOC_FPR_FPR,
     otherwise 0
   - PORT_OTHERS: 1 if one may be LOC_OTHER, otherwise 0; then also ffi_port_store (frame,
     loc, type, value), which stores VALUE, and ffi_port_value (frame, loc, type), which
     finds it
   - PORT_JOINED: how many arguments of a call may be either, at least 1
   - PORT_JOINED_SIZE: what the handler's copy of such a value needs, if not 16 bytes
   - PORT_WIDENED_UINT32: int32_t if an unsigned int is widened to a word by its sign
   - ffi_port_map (type, loc), PORT_MAP_VARIANT: only if its closures have maps that
     closure_map.c fills: what the map has for an argument that is passed in LOC, as
     ffi_map_number does, or NOT_MAPPED; and the variant of conventions that have them
   - ffi_port_next_words (assign, frame, type, variant), PORT_NEXT_WORDS 1: only if a
     short cut pays: where the next argument is in FRAME, if TYPE is common and all its
     bytes are there, next to each other from a word's lowest address on, and aligned; or
     null, which assigns nothing
   - ffi_port_store_float (frame, to, value), ffi_port_load_float (frame, words),
     PORT_FLOATS 1: only if an FPR has a float in another form than memory: store VALUE
     where ffi_port_next_words said; and have the float there be as in memory
   - PORT_RESULT_ALIGN: the alignment of the widest result register
   - FPR_PART(bytes): where a member of BYTES is in an FPR when that is in memory
   - PORT_LEFT(loc, type), of big-endian targets only: whether a value of TYPE in LOC,
     smaller than its word, is at the word's lowest address.  Integers are at the highest

   Assembly:
   - fast_call.S: ffi_call and ffi_call_plan_invoke; what cif->flags do not describe they
     leave to ffi_call_general and ffi_call_plan_general
   - invoke.S: ffi_invoke, the one turn from C to assembly in a call: it makes room, has
     ffi_marshal fill that, loads the registers, calls, and stores the result at
     call->rvalue, integers widened to a word
   - fast_entry.S, entry.S: what closures lead to; general entries save all argument
     registers and call ffi_closure_inner.  ffi_entry_freed and ffi_entry_unprepared
     report and abort
   - probe.S: ffi_probe_stack, see asm/probe.h
   - tramp.S: the image's tables, see asm/tramp.h

   And these functions.  */

#ifndef FFI_PORT_H
#define FFI_PORT_H

#include "bounds.h"
#include "loc.h"
#include <limits.h>

/* Let the compiler know that these need no help of the dynamic linker.  */
#pragma GCC visibility push(hidden)

/* Whether this build can call functions of ABI.  */
bool ffi_port_has_abi (ffi_abi abi);

#define FFI_NOT_VARIADIC UINT_MAX

/* Fill in cif->bytes and cif->flags, of which the first NFIXED arguments are named ones;
   NFIXED is FFI_NOT_VARIADIC unless the function is variadic.  The ABI and the types
   have not been checked: what is more than a signature of scalars is left to
   ffi_prep_checked.  */
ffi_status ffi_port_prep_cif (ffi_cif *cif, unsigned nfixed);

/* Check the type of a result or an argument, which may be null, and lay it out.  Of
 *STRUCTS, at first FFI_MAX_STRUCTS, is taken what the check has walked through.  */
ffi_status ffi_check_result (ffi_type *type, unsigned *structs);
ffi_status ffi_check_argument (ffi_type *type, unsigned *structs);

/* Check CIF, lay out its types, and have it prepared by ffi_port_prep_general.  */
ffi_status ffi_prep_checked (ffi_cif *cif, unsigned nfixed);

/* Fill in cif->bytes and cif->flags of any CIF that has been checked.  */
ffi_status ffi_port_prep_general (ffi_cif *cif, unsigned nfixed);

#ifndef PORT_PLAN_TYPES
#define PORT_PLAN_TYPES 0
#endif
#ifndef PORT_PLAN_WORDS
#define PORT_PLAN_WORDS(moves, nargs) 0
#endif

/* A call plan: a cif that nobody else can change; the steps that ffi_port_plan found for
   the port's ffi_call_plan_invoke, if it has some for this signature; and the moves for
   ffi_call_plan_general, which is for all others.  plan_by_cif.c is for ports that have
   no steps.  */
enum
{
  FFI_PLAN_STEPS = 10
};
struct ffi_call_plan
{
  ffi_cif cif;
  const void *steps[FFI_PLAN_STEPS];
  size_t size; /* of the plan, in bytes */
  struct ffi_move moves[];
};
void ffi_port_plan (struct ffi_call_plan *plan);

/* Choose the entry code for closures with CIF.  MAP, unless null, is the part of
   the closure's trampoline area behind the pair; the entry may rely on what is
   stored there.  Null: the ABI has no closures.  */
ffi_entry ffi_port_closure_entry (const ffi_cif *cif, unsigned char *map);

#if FFI_NATIVE_RAW_API
/* Entry code for raw closures of CIF, with MAP as above.  */
ffi_entry ffi_port_raw_entry (const ffi_cif *cif, unsigned char *map);
#endif

/* What chooses the entry code for a kind of closure: one of these.  */
typedef ffi_entry (*ffi_entry_chooser) (const ffi_cif *cif, unsigned char *map);

/* Entry code for Go closures of CIF: the static chain register points to the closure.  */
ffi_entry ffi_port_go_entry (const ffi_cif *cif);

/* Store at TO, which has room for 512, all entry code that a slot's pair may lead to;
   returns how many.  */
unsigned ffi_port_entries (ffi_entry *to);

/* For it: append the COUNT specialised entries whose distances from TABLE, or 0, are in
   it.  Returns the new end.  */
static inline ffi_entry *
ffi_append_entries (ffi_entry *to, const int32_t *table, unsigned count)
{
  for (unsigned i = 0; i < count; i++)
    if (table[i] != 0)
      *to++ = (ffi_entry) ((char *) table + table[i]);
  return to;
}

/* Fill the FFI_TRAMPOLINE_SIZE bytes at TRAMP with a trampoline that works at
   address CODELOC and enters ENTRY, which was chosen without a map, for the closure
   at CODELOC.  */
void ffi_port_write_trampoline (char *tramp, void *codeloc, ffi_entry entry);

/* Entry code for slots that hold no closure: report and abort.  */
void ffi_entry_freed (void) __attribute__ ((visibility ("hidden")));
void ffi_entry_unprepared (void) __attribute__ ((visibility ("hidden")));

#pragma GCC visibility pop

#endif
