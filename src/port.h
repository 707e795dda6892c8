/* SPDX-License-Identifier: MIT */
/* What a port provides, the directory of one instruction set; nothing else in src/ names
   a register.

   target.h, for C and assembly, has constants:
   - TRAMP_PITCH, SLOT_SIZE: bytes from one trampoline, or slot, to the next
   - IMAGE_SLOTS, GROWN_SLOTS: trampolines of the image, and of each table that is added;
     EACH_IMAGE_TABLE(table): table (0), table (1) ... for each table of the image
   - TRAMP_BLOCK_ALIGN: the largest page that a file is mapped with
   - TRAMPFD_PITCH, TRAMPFD_ADDRESSES, TRAMPFD_REGISTER, TRAMPFD_PAGE, TRAMPFD_OFFSET and
     PUSHED_ENTRY: the kernel's trampolines, see source_trampfd.c
   - UNWIND_TRAMPOLINES, UNWIND_GROWN: CFI of trampolines that move the stack pointer
   - REGION_SHIFT, RESERVE_TABLES, ADDRESS_BITS: see tables.h
   - PORT_QUICK_ENTRY: 1 if quick_entry.h has ffi_quick_entry, otherwise 0
   - PORT_VALGRIND_REQUEST: 1 if valgrind_request.h has ffi_valgrind_request, otherwise 0
   - FFI_IN_REGISTERS, FFI_TEXT_PROT: only if they are not those of tables.h and
     source_image.c

   atomic.h has ffi_swap_word, ffi_clear_bits, ffi_prefetch and ffi_thread_id, for which
   C11 does (generic_atomic.h).  macros.h has what asm.h wants: see there.

   internal.h, for C and assembly, has the bits of cif->flags.  Common to all are RET_MASK
   and below it the codes of results, among them RET_MEMORY, for a result that is where
   the caller says; and FLAG_PARTIAL, a bit that says that the registers are larger than
   the result, or 0.

   classify.h says where values are.  It is inlined into marshal.c, which moves them.
   - PORT_VARIANTS: 2 if the loops over arguments shall exist twice, otherwise 1;
     ffi_port_variant (cif): which of them CIF wants, 0 or 1
   - ffi_port_start (assign, cif): begin to assign the arguments of CIF, of which the ABI
     and flags are set; assign->sret says when it is the turn of sret
   - ffi_port_sret (assign): the location of sret, when it is its turn
   - ffi_port_next (assign, type, variant): the location of the next argument
   - ffi_port_call_frame (call, regs, stack): where ffi_invoke has made room for registers
     and stack arguments; also stores what is no argument there
   - ffi_port_entry_frame (cif, regs, stack): where a general entry has saved registers
   - ffi_port_stack_bytes (cif): the size of stack arguments, and of copies behind them
   - ffi_port_invoke (call): ffi_invoke, or one of several
   - ffi_leave, ffi_port_leave (cif): what ffi_closure_inner returns to the entry, that is
     how to load the result and what to remove; PORT_INNER: that type, and how it is
   called
   - PORT_COPIES: 1 if the callee may change what is passed by address, otherwise 0
   - PORT_PADS: 1 if a location may be padded, otherwise 0
   - PORT_MIXES: 1 if one may be LOC_GPR_FPR or LOC_FPR_GPR, otherwise 0
   - PORT_JOINED: how many arguments of a call may be either, at least 1
   - PORT_RESULT_ALIGN: the alignment of the widest result register
   - FPR_PART(bytes): where the low BYTES of an FPR are when that is in memory

   Assembly:
   - fast_call.S: ffi_call and ffi_call_plan_invoke; what cif->flags do not describe they
     leave to ffi_call_general
   - invoke.S: ffi_invoke, the one turn from C to assembly in a call: it makes room, has
     ffi_marshal fill that, loads the registers, calls, and stores the result at
     call->rvalue, integers widened to a word
   - fast_entry.S, entry.S: what closures lead to; general entries save all argument
     registers and call ffi_closure_inner.  ffi_entry_freed and ffi_entry_unprepared
     report and abort
   - probe.S: ffi_probe_stack, see probe.h
   - tramp.S: the image's tables, see tramp_asm.h

   And these functions.  */

#ifndef FFI_PORT_H
#define FFI_PORT_H

#include "ffi_common.h"
#include <limits.h>

/* Let the compiler know that these need no help of the dynamic linker.  */
#pragma GCC visibility push(hidden)

/* Is ABI one that this build can call?  */
bool ffi_port_has_abi (ffi_abi abi);

#define FFI_NOT_VARIADIC UINT_MAX

/* Fill in cif->bytes and cif->flags, of which the first NFIXED arguments are named ones;
   NFIXED is FFI_NOT_VARIADIC unless the function is variadic.  The ABI and the types
   have not been checked: all that is not a usual signature of scalars is left to
   ffi_prep_checked.  */
ffi_status ffi_port_prep_cif (ffi_cif *cif, unsigned nfixed);

/* Check CIF, lay out its types, and have it prepared by ffi_port_prep_general.  */
ffi_status ffi_prep_checked (ffi_cif *cif, unsigned nfixed);

/* Fill in cif->bytes and cif->flags of any CIF that has been checked.  */
ffi_status ffi_port_prep_general (ffi_cif *cif, unsigned nfixed);

/* A call plan: a cif that nobody else can change, and what ffi_port_plan found out
   about it for the port's ffi_call_plan_invoke.  plan_by_cif.c is for ports that
   have nothing to find out.  */
enum
{
  FFI_PLAN_STEPS = 10
};
struct ffi_call_plan
{
  ffi_cif cif;
  const void *steps[FFI_PLAN_STEPS];
};
void ffi_port_plan (struct ffi_call_plan *plan);

/* Choose the entry code for closures with CIF.  MAP, unless null, is the part of
   the closure's trampoline area behind the pair; the entry may rely on what is
   stored there.  Null: the ABI has no closures.  */
ffi_entry ffi_port_closure_entry (const ffi_cif *cif, unsigned char *map);

#if FFI_NATIVE_RAW_API
/* The same for raw closures.  */
ffi_entry ffi_port_raw_entry (const ffi_cif *cif, unsigned char *map);
#endif

/* The same for Go closures: the static chain register points to the closure.  */
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

/* Where PUSHED_ENTRY is not 0: continue at the code of the pair behind the slot's, with
   the designated register at that.  */
void ffi_entry_next_pair (void);

#pragma GCC visibility pop

#endif
