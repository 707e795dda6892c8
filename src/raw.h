/* SPDX-License-Identifier: MIT */
/* Blocks of argument words, for both flavours of the raw API.  */

#ifndef FFI_RAW_H
#define FFI_RAW_H

#include "ffi_common.h"

/* How many words a value of a type takes in a block.  All else follows from that: how
   large a block is, where a value lies in it, and how many bytes of it are stored at
   most.  */
typedef size_t (*ffi_word_count) (const ffi_type *type);

/* The two flavours: values in as many words as they need; and Java's, where long
   and double take two words each.  */
size_t ffi_raw_words (const ffi_type *type) __attribute__ ((visibility ("hidden")));
size_t ffi_java_raw_words (const ffi_type *type) __attribute__ ((visibility ("hidden")));

size_t ffi_raw_block_size (const ffi_cif *cif, ffi_word_count words);

/* Store ARGS in the block RAW of SIZE bytes.  Values that do not fit are left out.  */
void ffi_raw_pack (const ffi_cif *cif, void **args, ffi_raw *raw, size_t size,
                   ffi_word_count words);
void ffi_raw_unpack (const ffi_cif *cif, ffi_raw *raw, void **args, ffi_word_count words);

#if !FFI_NATIVE_RAW_API
/* Prepare CLOSURE with TRANSLATE, which packs the arguments and calls FUN.  */
ffi_status ffi_raw_prep_closure (ffi_raw_closure *closure, ffi_cif *cif,
                                 ffi_handler translate,
                                 void (*fun) (ffi_cif *, void *, ffi_raw *, void *),
                                 void *user_data, void *codeloc);

/* What the two flavours pass for it; declared hidden, so that no relocation is needed
   for their addresses.  */
#pragma GCC visibility push(hidden)
void ffi_raw_translate (ffi_cif *cif, void *rvalue, void **avalue, void *user_data);
void ffi_java_raw_translate (ffi_cif *cif, void *rvalue, void **avalue, void *user_data);
#pragma GCC visibility pop
#endif

#endif
