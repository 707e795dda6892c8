/* SPDX-License-Identifier: MIT */
/* The memory of closures, each of which is one of these:

     slot         a closure of at most sizeof (ffi_closure) bytes, in place of a slot
     run          a larger one: adjacent slots, the pair in front of the closure
     large        one that is larger than a group of slots: see large.h
     sealed page  what a sealed closure is called through; its memory is a run, or large

   No other file knows of all four.  */

#ifndef FFI_CLOSURE_MEMORY_H
#define FFI_CLOSURE_MEMORY_H

#include "seal.h"
#include "slots.h"

/* Allocate SIZE bytes and a trampoline whose address goes to *CODE.  Returns null with
   errno ENOMEM.  ffi_slot_alloc_fast comes first where it may be a slot.  */
FFI_IN_REGISTERS void *ffi_closure_memory_alloc (size_t size, void **code);

/* Free what that returned; abort with a message on any other pointer.
   ffi_slot_free_fast comes first.  */
FFI_IN_REGISTERS void ffi_closure_memory_free (void *memory);

/* For where ffi_seals: allocate with a sealed page, if every closure is to have one; and
   free the page that MEMORY has, if it has one, before MEMORY is freed.  */
void *ffi_closure_memory_alloc_sealed (size_t size, void **code);
void ffi_closure_memory_free_sealed (const void *memory);

/* The pair behind ADDRESS, which is a trampoline's or memory of a closure.  Null if it is
   neither, or not allocated.  ffi_slot_find_fast is for most trampolines.  */
FFI_IN_REGISTERS struct ffi_pair *ffi_closure_memory_find (const void *address);

#endif
