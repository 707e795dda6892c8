/* SPDX-License-Identifier: MIT */
/* Results by RET code, from the list RET_CODES of the port's flags.h: storing one after a
   call, loading one after a handler.

   Included by the port's results.h, which defines what a code means: the macros
   STORE_RESULT and LOAD_RESULT, which are given a code and what says where the result is
   in memory.  Both refuse a code that they do not know, so that none of the list is
   forgotten.  */

#ifndef FFI_ASM_RESULT_H
#define FFI_ASM_RESULT_H

#include "asm/jump_table.h"
#include "asm/ret_symbols.h"

/* The cases of TABLE, each ending with the macro RETURN.  They store a result at TO, after
   the macro BEGIN, if any.  */
.macro STORE_RESULTS table, return, to, begin
#define R(name, ...)                                                                     \
	CASE \table, RET_##name; \begin; STORE_RESULT RET_##name, \to; \return;
	RET_CODES
#undef R
.endm

/* The cases of TABLE that load a result from FROM, each ending with the macro RETURN.  */
.macro LOAD_RESULTS table, return, from:vararg
#define R(name, ...)                                                                     \
	CASE \table, RET_##name; LOAD_RESULT RET_##name, \from; \return;
	RET_CODES
#undef R
.endm

#endif
