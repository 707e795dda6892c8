/* SPDX-License-Identifier: MIT */
/* Offsets of the structures that assembly reads, for C and assembly of every port.  They
   follow from the size of a word and of a closure's trampoline area; general_call.c
   compares them with what the compiler says.  */

#ifndef FFI_OFFSETS_H
#define FFI_OFFSETS_H

#ifdef LIBFFI_ASM
#include <ffi.h>
#endif

#define WORD __SIZEOF_POINTER__

/* ffi_type */
#define TYPE_SIZE 0
#define TYPE_ALIGNMENT WORD
#define TYPE_TYPE (WORD + 2)
#define TYPE_ELEMENTS (2 * WORD)

/* ffi_cif */
#define CIF_NARGS 4
#define CIF_ARG_TYPES 8
#define CIF_RTYPE (8 + WORD)
#define CIF_BYTES (8 + 2 * WORD)
#define CIF_FLAGS (CIF_BYTES + 4)

/* ffi_closure and ffi_raw_closure: the pair, the entry's map, and what the handler gets
 */
#define CLOSURE_MAP (2 * WORD)
#define CLOSURE_CIF FFI_TRAMPOLINE_SIZE
#define CLOSURE_FUN (CLOSURE_CIF + WORD)
#define CLOSURE_DATA (CLOSURE_CIF + 2 * WORD)

/* ffi_go_closure */
#define GO_CIF WORD
#define GO_FUN (2 * WORD)

/* struct ffi_call */
#define CALL_FLAGS 0
#define CALL_FN WORD
#define CALL_CHAIN (2 * WORD)
#define CALL_RVALUE (3 * WORD)
#define CALL_BYTES (4 * WORD)

/* Where the low BYTES bytes of a word or register of SIZE bytes are when that is in
   memory.  */
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define LOW_PART(size, bytes) ((size) - (bytes))
#else
#define LOW_PART(size, bytes) 0
#endif

/* What a move of a plan does; struct ffi_move has the rest.  */
#define MOVE_END 0
#define MOVE_SRET 1 /* the result's address; comes first */
#define MOVE_U8 2   /* these are widened to a word */
#define MOVE_S8 3
#define MOVE_U16 4
#define MOVE_S16 5
#define MOVE_U32 6
#define MOVE_S32 7
#define MOVE_4 8 /* so many bytes */
#define MOVE_8 9
#define MOVE_16 10
#define MOVE_BYTES 11
#define MOVE_ADDRESS 12 /* the value's address */
#define MOVE_COPY 13    /* the address of a copy */
#define MOVE_OTHER 14   /* for ffi_port_store */

#endif
